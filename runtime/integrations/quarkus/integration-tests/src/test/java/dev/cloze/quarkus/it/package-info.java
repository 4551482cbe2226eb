/** The application, asked over HTTP. */
@NullMarked
package dev.cloze.quarkus.it;

import org.jspecify.annotations.NullMarked;
