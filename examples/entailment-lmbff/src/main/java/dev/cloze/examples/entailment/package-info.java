/** Tells whether one sentence follows from another, with demonstrations beside each pair. */
@NullMarked
package dev.cloze.examples.entailment;

import org.jspecify.annotations.NullMarked;
