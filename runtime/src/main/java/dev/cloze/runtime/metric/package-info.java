/** Measures of how right predictions are. */
@NullMarked
package dev.cloze.runtime.metric;

import org.jspecify.annotations.NullMarked;
