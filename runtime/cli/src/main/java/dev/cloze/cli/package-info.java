/** The command line: tunes and runs pipelines, asks a model about the mask of a text, and says what is wrong with a machine. */
@NullMarked
package dev.cloze.cli;

import org.jspecify.annotations.NullMarked;
