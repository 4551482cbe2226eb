package shop;

import dev.cloze.annotations.InContext;
import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.LmBff;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

@Template("{premise|stripPunctuation}? {sep} {mask}, {hypothesis|lowerFirst}")
@Verbalizer(labels = Entailment.Verdict.class)
@LmBff(sets = 4, demonstrationLimit = 30)
public record Entailment(String premise, String hypothesis) {

    public enum Verdict {
        @LabelWords("Yes")
        FOLLOWS,
        @LabelWords("No")
        CONTRADICTS
    }

    @Template("{text} It was {mask}.")
    @Verbalizer(labels = Verdict.class)
    @InContext
    public record Guess(String text) {}
}
