/** Measures methods that train few numbers beside those that train all, on ten thousand examples. */
@NullMarked
package dev.cloze.benchmarks.softmethods;

import org.jspecify.annotations.NullMarked;
