/** Compiles real source files with the processor and looks at what javac says and what is generated. */
@NullMarked
package dev.cloze.processor;

import org.jspecify.annotations.NullMarked;
