/** Multitask prompt tuning: virtual tokens that tasks share, times a matrix of low rank of each task's own. */
@NullMarked
package dev.cloze.runtime.tuning.multitask;

import org.jspecify.annotations.NullMarked;
