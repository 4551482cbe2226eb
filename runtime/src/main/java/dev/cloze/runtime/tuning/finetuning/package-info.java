/** Classic fine-tuning: a new classification head and all weights below it. */
@NullMarked
package dev.cloze.runtime.tuning.finetuning;

import org.jspecify.annotations.NullMarked;
