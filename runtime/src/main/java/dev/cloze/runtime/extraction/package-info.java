/** A labelling of spans at work: its pipeline, its training, and what is saved of it. */
@NullMarked
package dev.cloze.runtime.extraction;

import org.jspecify.annotations.NullMarked;
