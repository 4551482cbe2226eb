package dev.cloze.examples.sentiment;

import dev.cloze.annotations.LabelWords;

/** What a reviewer thinks. */
public enum Sentiment {
    @LabelWords({"good", "great", "wonderful"})
    POSITIVE,
    @LabelWords({"bad", "terrible", "awful"})
    NEGATIVE
}
