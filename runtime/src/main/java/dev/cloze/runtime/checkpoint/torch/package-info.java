/**
 * Files that PyTorch wrote by pickle, zipped and older, read without ever running what they ask for: the classes a
 * pickle may name are listed, and everything else is refused.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.torch;

import org.jspecify.annotations.NullMarked;
