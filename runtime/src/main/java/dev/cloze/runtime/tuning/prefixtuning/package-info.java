/** Prefix tuning: keys and values of virtual tokens in every layer are trained, and nothing else. */
@NullMarked
package dev.cloze.runtime.tuning.prefixtuning;

import org.jspecify.annotations.NullMarked;
