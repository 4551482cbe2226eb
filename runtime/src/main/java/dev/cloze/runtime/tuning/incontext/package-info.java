/** In-context classification: a pretrained model reads labelled examples before the input, and nothing is trained. */
@NullMarked
package dev.cloze.runtime.tuning.incontext;

import org.jspecify.annotations.NullMarked;
