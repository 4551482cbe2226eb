/** Words ranked by what a language model says at the mask: what is optimised, and what answers. */
@NullMarked
package dev.cloze.runtime.tuning.cloze;

import org.jspecify.annotations.NullMarked;
