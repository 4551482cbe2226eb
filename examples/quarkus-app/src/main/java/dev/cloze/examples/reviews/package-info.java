/** A web application that is asked what reviews say. */
@NullMarked
package dev.cloze.examples.reviews;

import org.jspecify.annotations.NullMarked;
