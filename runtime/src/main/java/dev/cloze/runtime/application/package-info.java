/**
 * What applications have of their tasks, whichever framework they are written with: pipelines by name, opened as settings say, asked
 * while they are exchanged, and closed together. Frameworks' modules read the settings and make beans of it.
 */
@NullMarked
package dev.cloze.runtime.application;

import org.jspecify.annotations.NullMarked;
