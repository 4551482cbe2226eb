/** Prompt-based fine-tuning: all weights of the language model are tuned on what it says at the mask, or writes. */
@NullMarked
package dev.cloze.runtime.tuning.promptfinetuning;

import org.jspecify.annotations.NullMarked;
