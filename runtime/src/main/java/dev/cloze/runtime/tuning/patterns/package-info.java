/** Models of several templates that label texts without a label, and a classifier that learns from those: what PET and iPET share. */
@NullMarked
package dev.cloze.runtime.tuning.patterns;

import org.jspecify.annotations.NullMarked;
