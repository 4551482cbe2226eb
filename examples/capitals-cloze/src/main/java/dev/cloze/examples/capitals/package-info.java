/** Asks a model for the capitals of countries, and tunes how it is asked while it stays as it is. */
@NullMarked
package dev.cloze.examples.capitals;

import org.jspecify.annotations.NullMarked;
