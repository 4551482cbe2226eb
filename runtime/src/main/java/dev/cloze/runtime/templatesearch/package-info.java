/** Templates written by a T5 around the gold label words, and ranked by tuning with each. */
@NullMarked
package dev.cloze.runtime.templatesearch;

import org.jspecify.annotations.NullMarked;
