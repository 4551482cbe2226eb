/** TF-IDF: a linear classifier of the words of an input, weighted by how rare they are; no language model. */
@NullMarked
package dev.cloze.runtime.tuning.tfidf;

import org.jspecify.annotations.NullMarked;
