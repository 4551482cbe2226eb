/** Brings examples in: files of texts, few-shot samples, and what can be wrong with a training set. */
@NullMarked
package dev.cloze.runtime.data;

import org.jspecify.annotations.NullMarked;
