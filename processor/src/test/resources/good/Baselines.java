package org.example;

import dev.cloze.annotations.*;

/** Methods without a language model: none is looked for, and what is written of the methods is carried over. */
public class Baselines {

    public enum Topic {
        @LabelWords("sport")
        SPORT,
        @LabelWords("politics")
        POLITICS
    }

    @Template("{title} {mask} {sep} {body}")
    @Verbalizer(labels = Topic.class)
    @TfIdf(classifier = TfIdf.Classifier.LOGISTIC_REGRESSION)
    public record Bag(String title, String body) {}

    @Template("{body} {mask}")
    @Verbalizer(labels = Topic.class)
    @Lstm(embeddings = "glove.6B.100d.txt", hiddenSize = 64, dropout = 0, pooling = Lstm.Pooling.LAST)
    @Tuning(backbone = "no-such-model", maxSteps = 300, maxLength = 128)
    public record Sequence(String body) {}
}
