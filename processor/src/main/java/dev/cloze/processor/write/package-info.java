/** Turns a valid task model into the source of its pipeline. */
@NullMarked
package dev.cloze.processor.write;

import org.jspecify.annotations.NullMarked;
