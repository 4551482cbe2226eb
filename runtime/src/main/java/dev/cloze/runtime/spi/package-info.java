/** All that generated code touches: a task's declaration and the doors to its pipelines. */
@NullMarked
package dev.cloze.runtime.spi;

import org.jspecify.annotations.NullMarked;
