/** Makes the pipeline of every annotated task a bean of a Quarkus application, configured under {@code quarkus.cloze.}. */
@NullMarked
package dev.cloze.quarkus;

import org.jspecify.annotations.NullMarked;
