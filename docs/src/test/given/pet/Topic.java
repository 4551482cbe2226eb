import dev.cloze.annotations.LabelWords;

public enum Topic {
    @LabelWords("sports") SPORTS,
    @LabelWords("business") BUSINESS
}
