/** P-tuning: virtual tokens among the words of a template are trained, through a network that is dropped afterwards. */
@NullMarked
package dev.cloze.runtime.tuning.ptuning;

import org.jspecify.annotations.NullMarked;
