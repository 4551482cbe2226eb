/** Tasks that are said in words, as on a command line, and the annotated class that says the same. */
@NullMarked
package dev.cloze.runtime.workbench.task;

import org.jspecify.annotations.NullMarked;
