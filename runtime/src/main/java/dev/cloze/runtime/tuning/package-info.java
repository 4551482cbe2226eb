/** The tuning methods: how a backbone becomes a task's own. */
@NullMarked
package dev.cloze.runtime.tuning;

import org.jspecify.annotations.NullMarked;
