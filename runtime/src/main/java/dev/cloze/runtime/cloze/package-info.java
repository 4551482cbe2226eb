/** Tasks that rank words: sessions, trainings and archives of them. */
@NullMarked
package dev.cloze.runtime.cloze;

import org.jspecify.annotations.NullMarked;
