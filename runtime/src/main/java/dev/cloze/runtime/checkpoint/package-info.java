/**
 * Reads a model's weights, in whatever format and however many files. A checkpoint can never run code, and a damaged one is
 * refused with a sentence that says what is wrong.
 *
 * <p>The folders, each of which knows those before it alone: {@code file}, {@code tensor}, the formats ({@code safetensors},
 * {@code torch}, {@code npy}), this one, {@code config}, {@code folder}, {@code hub}, {@code resolution}.
 */
@NullMarked
package dev.cloze.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
