/** One validator a concept, each adding its findings to the task's report. */
@NullMarked
package dev.cloze.processor.validate;

import org.jspecify.annotations.NullMarked;
