package dev.cloze.examples.ptuning;

import dev.cloze.annotations.LabelWords;

/** How a passenger found the journey. */
public enum Mood {
    @LabelWords({"great", "good"})
    PLEASED,
    @LabelWords({"terrible", "bad"})
    ANNOYED
}
