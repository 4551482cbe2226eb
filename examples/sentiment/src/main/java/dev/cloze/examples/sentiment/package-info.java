/** Tells good reviews from bad ones: the smallest whole program. */
@NullMarked
package dev.cloze.examples.sentiment;

import org.jspecify.annotations.NullMarked;
