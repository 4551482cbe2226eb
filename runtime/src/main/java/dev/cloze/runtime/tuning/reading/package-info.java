/** What methods read that choose no words: the placeholders of a task's first template, as a model or as words. */
@NullMarked
package dev.cloze.runtime.tuning.reading;

import org.jspecify.annotations.NullMarked;
