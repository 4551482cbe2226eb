/** The application, asked over HTTP. */
@NullMarked
package dev.cloze.examples.reviews;

import org.jspecify.annotations.NullMarked;
