/**
 * Reads a {@code tokenizer.json} in plain Java and answers how a word is split into tokens; shares out the tokens there is
 * room for.
 *
 * <p>No native library is touched, so it works inside the compiler; the parts follow the stages of the Hugging Face
 * tokenizers library (normalizer, pre-tokenizer, model) and agree with it token for token.
 */
@NullMarked
package dev.cloze.vocabulary;

import org.jspecify.annotations.NullMarked;
