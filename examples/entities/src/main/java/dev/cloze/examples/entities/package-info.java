/** Finds people, dishes and times in messages to a restaurant. */
@NullMarked
package dev.cloze.examples.entities;

import org.jspecify.annotations.NullMarked;
