/** Virtual tokens before all others of a text: how tasks with them are tuned and read, whatever trains them. */
@NullMarked
package dev.cloze.runtime.tuning.leading;

import org.jspecify.annotations.NullMarked;
