/** What methods share that train keys and values of virtual tokens in every layer: what they are made of, and how they start. */
@NullMarked
package dev.cloze.runtime.tuning.prefix;

import org.jspecify.annotations.NullMarked;
