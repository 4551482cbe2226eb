/** The options of training and of writing, declared as all options are, and the one check of what is set. */
@NullMarked
package dev.cloze.runtime.option;

import org.jspecify.annotations.NullMarked;
