/** Turns an annotated class into a task model. What cannot be read is reported and left out of the model. */
@NullMarked
package dev.cloze.processor.read;

import org.jspecify.annotations.NullMarked;
