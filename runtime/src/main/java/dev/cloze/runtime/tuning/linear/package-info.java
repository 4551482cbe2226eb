/** Classifiers that are linear in features, trained at once on all examples. */
@NullMarked
package dev.cloze.runtime.tuning.linear;

import org.jspecify.annotations.NullMarked;
