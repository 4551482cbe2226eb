/**
 * Many tasks served from one copy of a model: queues that are bounded and taken from in turn, and what answers from them in
 * batches. See {@link dev.cloze.runtime.PromptEngine}.
 */
@NullMarked
package dev.cloze.runtime.serving;

import org.jspecify.annotations.NullMarked;
