import dev.cloze.annotations.LabelWords;

public enum Verdict {
    @LabelWords("Yes") ENTAILED,
    @LabelWords("No") NOT_ENTAILED
}
