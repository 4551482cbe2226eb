/** A language model as tasks of every kind use it: backbone and tokenizer, and the texts it is asked with. */
@NullMarked
package dev.cloze.runtime.model;

import org.jspecify.annotations.NullMarked;
