package dev.cloze.build;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

/** A task with nested placeholders. */
@Template("{text} by {author.name}: It was {mask}.")
@Template("{author.name} says: {text} All in all it was {mask}.")
@Verbalizer(labels = Review.Sentiment.class)
record Review(String text, Author author) {

    record Author(String name) {}

    enum Sentiment {
        @LabelWords({"great", "good"})
        POSITIVE,
        @LabelWords({"bad", "terrible"})
        NEGATIVE
    }
}
