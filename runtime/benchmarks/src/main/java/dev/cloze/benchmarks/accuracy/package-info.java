/** Measures how well the default model classifies public data sets: the figures of its model card. */
@NullMarked
package dev.cloze.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
