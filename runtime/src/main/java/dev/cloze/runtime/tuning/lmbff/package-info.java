/** LM-BFF: prompt-based fine-tuning in which each text is read with a demonstration of every label. */
@NullMarked
package dev.cloze.runtime.tuning.lmbff;

import org.jspecify.annotations.NullMarked;
