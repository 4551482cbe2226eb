package example;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

@Template("{title} {body} It was {mask}.")
@Verbalizer(labels = Review.Sentiment.class)
public record Review(String title, String body) {
    public enum Sentiment {
        @LabelWords({"great", "good"})
        POSITIVE,
        @LabelWords({"terrible", "bad"})
        NEGATIVE
    }
}
