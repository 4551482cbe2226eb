/** Labels chosen by what a language model says at the mask: how inputs are asked, what is optimised, what answers. */
@NullMarked
package dev.cloze.runtime.tuning.mask;

import org.jspecify.annotations.NullMarked;
