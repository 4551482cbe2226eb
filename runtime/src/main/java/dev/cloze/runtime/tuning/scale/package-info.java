/** Numbers on a scale by the words of its two ends: what is optimised, and what answers. */
@NullMarked
package dev.cloze.runtime.tuning.scale;

import org.jspecify.annotations.NullMarked;
