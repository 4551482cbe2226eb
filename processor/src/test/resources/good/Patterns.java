package example;

import dev.cloze.annotations.Combination;
import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Pet;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

@Template("{title} {body} It was {mask}.")
@Template("Just {mask}! {sep} {title} {summary}")
@Template(
        value = "{title} In summary: {mask}. {body}",
        words = {
            @LabelWords(label = "POOR", value = "dreadful"),
            @LabelWords(
                    label = "FINE",
                    value = {"excellent", "splendid"})
        })
@Verbalizer(labels = Patterns.Opinion.class)
@Pet(repetitions = 2, combination = Combination.UNIFORM)
public record Patterns(String title, String body, String summary) {
    public enum Opinion {
        @LabelWords({"great", "good"})
        FINE,
        @LabelWords({"terrible", "bad"})
        POOR
    }
}
