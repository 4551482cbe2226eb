package dev.cloze.build;

import dev.cloze.annotations.Scale;
import dev.cloze.annotations.Template;

/** A task that gives a number. */
@Template("{text} It was {mask}.")
@Scale(from = 0, to = 5, low = "terrible", high = "great")
record Rating(String text) {}
