package dev.cloze.quarkus.deployment.tasks;

import dev.cloze.annotations.Candidates;
import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Scale;
import dev.cloze.annotations.Spans;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

/** Tasks of the other kinds. */
public final class Film {

    private Film() {}

    @Template("{text} It was {mask}.")
    @Scale(from = 0, to = 5, low = "bad", high = "good")
    @Tuning(backbone = "cloze-tiny-en")
    public record Rating(String text) {}

    @Template("{text} It was a {mask} film.")
    @Candidates({"good", "bad", "long"})
    @Tuning(backbone = "cloze-tiny-en")
    public record Gap(String text) {}

    @Template("{text|spans} {span} is a {mask}.")
    @Verbalizer(labels = Part.class)
    @Spans(none = "word", longest = 2)
    @Tuning(backbone = "cloze-tiny-en")
    public record Parts(String text) {}

    public enum Part {
        @LabelWords("name")
        NAME,
        @LabelWords("place")
        PLACE
    }

    @Template("{text} In short:")
    @Tuning(backbone = "cloze-lm-tiny-en")
    public record Summary(String text) {}
}
