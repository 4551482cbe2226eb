/**
 * Files, whatever is in them: written whole or not at all, locked between processes, hashed, told to be damaged. What all of
 * the checkpoint's folders stand on; it knows none of them.
 */
@NullMarked
package dev.cloze.runtime.checkpoint.file;

import org.jspecify.annotations.NullMarked;
