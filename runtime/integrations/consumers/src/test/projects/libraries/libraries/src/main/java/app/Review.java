package app;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;
import lombok.Data;

@Data
@Template("{text} by {author.name}: It was {mask}.")
@Verbalizer(labels = Sentiment.class)
@Tuning(backbone = "cloze-tiny-en")
public class Review {
    private String text;
    private Author author;
}
