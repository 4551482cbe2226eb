/** Labels chosen by a classification head on hidden states: what it reads, its weights, what is optimised, what answers. */
@NullMarked
package dev.cloze.runtime.tuning.head;

import org.jspecify.annotations.NullMarked;
