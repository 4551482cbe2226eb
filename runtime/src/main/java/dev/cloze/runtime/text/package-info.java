/** A generation task at work: its template and model put together, what is written and how it is tuned. */
@NullMarked
package dev.cloze.runtime.text;

import org.jspecify.annotations.NullMarked;
