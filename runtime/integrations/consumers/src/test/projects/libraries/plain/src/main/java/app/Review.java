package app;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

@Template("{text} It was {mask}.")
@Verbalizer(labels = Sentiment.class)
@Tuning(backbone = "cloze-tiny-en")
public record Review(String text) {}
