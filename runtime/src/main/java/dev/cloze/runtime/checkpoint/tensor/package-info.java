/**
 * Tensors as files have them: numbers of a type, at a place, in a shape. What every format of weights gives, and what is
 * read of it a stretch at a time.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.tensor;

import org.jspecify.annotations.NullMarked;
