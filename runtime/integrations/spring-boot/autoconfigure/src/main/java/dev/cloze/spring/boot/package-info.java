/** Makes the pipeline of every annotated task a bean of a Spring Boot application, configured under {@code cloze.}. */
@NullMarked
package dev.cloze.spring.boot;

import org.jspecify.annotations.NullMarked;
