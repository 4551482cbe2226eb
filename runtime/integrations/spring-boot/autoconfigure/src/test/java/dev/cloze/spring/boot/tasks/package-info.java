/** A task of each kind. */
@NullMarked
package dev.cloze.spring.boot.tasks;

import org.jspecify.annotations.NullMarked;
