/** Answered examples of the training set beside an input: how they are encoded, which are shown, how many have room. */
@NullMarked
package dev.cloze.runtime.tuning.demonstration;

import org.jspecify.annotations.NullMarked;
