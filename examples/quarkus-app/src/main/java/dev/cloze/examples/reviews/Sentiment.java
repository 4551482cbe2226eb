package dev.cloze.examples.reviews;

import dev.cloze.annotations.LabelWords;

/** What a review says. */
public enum Sentiment {
    @LabelWords({"great", "good"})
    POSITIVE,
    @LabelWords({"terrible", "bad"})
    NEGATIVE
}
