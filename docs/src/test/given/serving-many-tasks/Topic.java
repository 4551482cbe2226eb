import dev.cloze.annotations.LabelWords;

public enum Topic {
    @LabelWords("money") PAYMENT,
    @LabelWords("time") DELIVERY
}
