import dev.cloze.annotations.LabelWords;

public enum Sentiment {
    @LabelWords({"great", "good"}) POSITIVE,
    @LabelWords({"terrible", "bad"}) NEGATIVE
}
