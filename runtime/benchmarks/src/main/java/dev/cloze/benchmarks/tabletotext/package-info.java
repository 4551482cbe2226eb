/** Facts that are told in sentences, by a prefix and by tuning all weights: one table, one command. */
@NullMarked
package dev.cloze.benchmarks.tabletotext;

import org.jspecify.annotations.NullMarked;
