/** A classification task at work: its template, verbalizer and model put together. */
@NullMarked
package dev.cloze.runtime.classification;

import org.jspecify.annotations.NullMarked;
