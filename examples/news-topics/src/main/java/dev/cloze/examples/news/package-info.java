/** Sorts news items into four topics by their title and body. */
@NullMarked
package dev.cloze.examples.news;

import org.jspecify.annotations.NullMarked;
