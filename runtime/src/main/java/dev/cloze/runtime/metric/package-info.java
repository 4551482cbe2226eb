/** Measures of how right predictions are and of how near texts come to what they should be. */
@NullMarked
package dev.cloze.runtime.metric;

import org.jspecify.annotations.NullMarked;
