/**
 * Finds a model's folder, downloads it where it must, and reads its weights. A checkpoint can never run code, and a
 * damaged one is refused with a sentence that says what is wrong.
 */
@NullMarked
package dev.cloze.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
