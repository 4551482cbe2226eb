/**
 * Text to token ids and back, by the Hugging Face tokenizers library.
 *
 * <p>Whatever files a model brings are first made into one {@code tokenizer.json}, in which special tokens have names
 * that no text can spell.
 */
@NullMarked
package dev.cloze.runtime.tokenizer;

import org.jspecify.annotations.NullMarked;
