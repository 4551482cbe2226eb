/** Turns text into a model's tokens. */
@NullMarked
package dev.cloze.runtime.tokenizer;

import org.jspecify.annotations.NullMarked;
