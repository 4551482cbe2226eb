/**
 * What every tuning method is: a {@link dev.cloze.runtime.tuning.Strategy} that makes a {@link
 * dev.cloze.runtime.tuning.Product} of a task. Each method has a folder below this one; what several share lies in the
 * folders that know no method.
 */
@NullMarked
package dev.cloze.runtime.tuning;

import org.jspecify.annotations.NullMarked;
