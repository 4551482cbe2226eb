/** Passengers' feedback is told apart by virtual tokens among words: see {@code FeedbackExample}. */
@NullMarked
package dev.cloze.examples.ptuning;

import org.jspecify.annotations.NullMarked;
