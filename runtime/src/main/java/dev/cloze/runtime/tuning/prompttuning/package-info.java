/** Prompt tuning: virtual tokens before the input are trained, and nothing else. */
@NullMarked
package dev.cloze.runtime.tuning.prompttuning;

import org.jspecify.annotations.NullMarked;
