/** What applications of any framework have of their tasks. */
@NullMarked
package dev.cloze.runtime.application;

import org.jspecify.annotations.NullMarked;
