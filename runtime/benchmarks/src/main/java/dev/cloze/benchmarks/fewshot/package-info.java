/** The table of all methods on a few examples: data sets, splits, rows, the search of settings, and the page. */
@NullMarked
package dev.cloze.benchmarks.fewshot;

import org.jspecify.annotations.NullMarked;
