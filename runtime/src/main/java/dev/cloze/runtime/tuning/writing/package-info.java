/** Texts that a language model writes after its inputs: how they are asked for, what is optimised, what writes. */
@NullMarked
package dev.cloze.runtime.tuning.writing;

import org.jspecify.annotations.NullMarked;
