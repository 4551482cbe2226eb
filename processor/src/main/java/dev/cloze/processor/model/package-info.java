/** A task as it was read: immutable values, each with the place a message about it belongs to. */
@NullMarked
package dev.cloze.processor.model;

import org.jspecify.annotations.NullMarked;
