package dev.cloze.examples.sentiment;

import dev.cloze.annotations.LabelWords;

/** What a reviewer thinks. */
public enum Sentiment {
    @LabelWords({"great", "good"})
    POSITIVE,
    @LabelWords({"terrible", "bad"})
    NEGATIVE
}
