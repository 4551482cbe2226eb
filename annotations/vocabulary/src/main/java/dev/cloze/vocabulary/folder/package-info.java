/**
 * Makes the one {@code tokenizer.json} that the tokenizer files of a model's folder stand for, whichever those are.
 *
 * <p>The compiler and the runtime both start from here, so that they see the same tokenizer; no native library is
 * touched.
 */
@NullMarked
package dev.cloze.vocabulary.folder;

import org.jspecify.annotations.NullMarked;
