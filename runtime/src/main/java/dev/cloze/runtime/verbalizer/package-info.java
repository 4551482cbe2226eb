/** Turns what the model says at the mask into scores of labels. */
@NullMarked
package dev.cloze.runtime.verbalizer;

import org.jspecify.annotations.NullMarked;
