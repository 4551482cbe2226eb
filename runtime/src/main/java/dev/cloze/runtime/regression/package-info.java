/** A regression at work: its pipeline, its training, and what is saved of it. */
@NullMarked
package dev.cloze.runtime.regression;

import org.jspecify.annotations.NullMarked;
