package app;

import dev.cloze.annotations.LabelWords;

public enum Sentiment {
    @LabelWords("great")
    POSITIVE,
    @LabelWords("bad")
    NEGATIVE
}
