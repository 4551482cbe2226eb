/** Labels spans by a tag for each word: a head on the hidden state of its first token, whatever is trained below. */
@NullMarked
package dev.cloze.runtime.tuning.tag;

import org.jspecify.annotations.NullMarked;
