/** Spans of texts about restaurants, found by each method from more and more examples: one table, one command. */
@NullMarked
package dev.cloze.benchmarks.extraction;

import org.jspecify.annotations.NullMarked;
