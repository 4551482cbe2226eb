/**
 * A model's folder: which files make a model, what was found where, and what kinds are supported. What the sources of
 * models give, and what all else opens.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.folder;

import org.jspecify.annotations.NullMarked;
