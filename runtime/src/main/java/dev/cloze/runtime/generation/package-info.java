/** Writes text after prompts: greedy, by beams or by chance, over any backbone that writes. It knows no tasks. */
@NullMarked
package dev.cloze.runtime.generation;

import org.jspecify.annotations.NullMarked;
