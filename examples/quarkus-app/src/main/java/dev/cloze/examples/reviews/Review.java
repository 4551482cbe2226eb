package dev.cloze.examples.reviews;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

/** What a customer wrote. */
@Template("{text} It was {mask}.")
@Verbalizer(labels = Sentiment.class)
public record Review(String text) {}
