package dev.cloze.examples.sentiment;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

/** A review of one sentence; the compiler writes {@code ReviewPipeline} from it. */
@Template("{text} It was {mask}.")
@Verbalizer(labels = Sentiment.class)
@Tuning(learningRate = 3e-5, maxSteps = 60)
public record Review(String text) {}
