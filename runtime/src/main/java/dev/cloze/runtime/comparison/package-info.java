/** Measures methods against one another on a user's own examples. */
@NullMarked
package dev.cloze.runtime.comparison;

import org.jspecify.annotations.NullMarked;
