/**
 * A tuned pipeline on disk: a folder with {@code manifest.json}, which says what was tuned and on what, and
 * {@code tuned.safetensors}, which holds only what was tuned, with {@code texts.json} where texts belong to it. It is written as a whole or not at all.
 */
@NullMarked
package dev.cloze.runtime.archive;

import org.jspecify.annotations.NullMarked;
