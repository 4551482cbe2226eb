/** Prompts and prefixes as other tools keep them: the folders of Hugging Face's PEFT, and arrays of NumPy. */
@NullMarked
package dev.cloze.runtime.adapter;

import org.jspecify.annotations.NullMarked;
