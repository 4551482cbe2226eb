/** Options, each declared once: name, type, range, default, methods and meaning, for the compiler, the runtime and the pages. */
@NullMarked
package dev.cloze.annotations.option;

import org.jspecify.annotations.NullMarked;
