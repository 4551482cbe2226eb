/** An application that is asked what reviews say. */
@NullMarked
package dev.cloze.quarkus.it;

import org.jspecify.annotations.NullMarked;
