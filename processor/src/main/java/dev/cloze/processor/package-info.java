/** The annotation processor: reads each task, checks it, and writes its pipeline. {@link PromptProcessor} is the wiring. */
@NullMarked
package dev.cloze.processor;

import org.jspecify.annotations.NullMarked;
