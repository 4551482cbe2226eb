package dev.cloze.quarkus.deployment.tasks;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

@Template("{text} It was {mask}.")
@Verbalizer(labels = Sentiment.class)
@Tuning(backbone = "cloze-tiny-en", maxSteps = 4)
public record Review(String text) {}
