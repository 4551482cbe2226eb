/** What searches for templates and for words have in common: candidates are tuned with in turn, and ranked. */
@NullMarked
package dev.cloze.runtime.search;

import org.jspecify.annotations.NullMarked;
