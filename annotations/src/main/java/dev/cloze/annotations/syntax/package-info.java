/** The template grammar: one parser, for the compiler and the runtime. */
@NullMarked
package dev.cloze.annotations.syntax;

import org.jspecify.annotations.NullMarked;
