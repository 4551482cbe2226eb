/** Cloze beside Hugging Face transformers on PyTorch, and what Cloze's hot spots cost; never part of a build. */
@NullMarked
package dev.cloze.benchmarks;

import org.jspecify.annotations.NullMarked;
