package dev.cloze.examples.entailment;

import dev.cloze.annotations.LabelWords;

/** What the premise makes of the hypothesis. */
public enum Verdict {
    @LabelWords("Yes")
    FOLLOWS,
    @LabelWords("No")
    CONTRADICTS
}
