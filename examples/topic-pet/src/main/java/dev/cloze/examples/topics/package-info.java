/** Sorts messages to a shop by topic, with four templates and messages that nobody has labelled. */
@NullMarked
package dev.cloze.examples.topics;

import org.jspecify.annotations.NullMarked;
