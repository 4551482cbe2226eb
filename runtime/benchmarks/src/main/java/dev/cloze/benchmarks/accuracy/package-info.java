/** Measures how well our own models classify public data sets: the figures of their cards. */
@NullMarked
package dev.cloze.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
