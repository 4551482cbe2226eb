/**
 * Arrays as NumPy stores them: one tensor a file, for converters of what was trained elsewhere.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.npy;

import org.jspecify.annotations.NullMarked;
