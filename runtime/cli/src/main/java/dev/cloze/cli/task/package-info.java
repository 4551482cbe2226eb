/** Tasks that are said on the command line, in a file or by a saved pipeline, without a Java class. */
@NullMarked
package dev.cloze.cli.task;

import org.jspecify.annotations.NullMarked;
