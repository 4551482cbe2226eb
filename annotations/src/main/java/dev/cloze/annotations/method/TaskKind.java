package dev.cloze.annotations.method;

/** What a task asks of a model. */
public enum TaskKind {
    /** The label whose words fit best. */
    CLASSIFICATION("chooses a label"),
    /** A number between the ends of a scale, by a word for each of them. */
    REGRESSION("rates on a scale"),
    /** Spans of a text, each with its label. */
    EXTRACTION("labels spans of a text"),
    /** The words that fit best, of some candidates or of all that the model has. */
    CLOZE("ranks words"),
    /** A text. */
    TEXT("has a text written");

    private final String described;

    TaskKind(String described) {
        this.described = described;
    }

    /** Completes the sentence "a task that ...". */
    public String described() {
        return described;
    }
}
