/** A bidirectional LSTM over word vectors, trained from nothing or from a file of vectors; no language model. */
@NullMarked
package dev.cloze.runtime.tuning.lstm;

import org.jspecify.annotations.NullMarked;
