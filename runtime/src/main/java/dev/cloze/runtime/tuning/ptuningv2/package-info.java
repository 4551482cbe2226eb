/** P-tuning v2: keys and values of virtual tokens in every layer and a classification head are trained. */
@NullMarked
package dev.cloze.runtime.tuning.ptuningv2;

import org.jspecify.annotations.NullMarked;
