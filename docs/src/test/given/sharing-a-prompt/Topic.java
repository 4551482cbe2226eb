import dev.cloze.annotations.LabelWords;

public enum Topic {
    @LabelWords("sport") SPORT,
    @LabelWords("money") BUSINESS
}
