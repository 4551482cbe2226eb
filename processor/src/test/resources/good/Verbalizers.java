// javac -Acloze.models=MODELS
package org.example;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.LmBff;
import dev.cloze.annotations.PrefixTuning;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;
import dev.cloze.annotations.Verbalizer.VectorStart;
import dev.cloze.annotations.VerbalizerKind;

/** Verbalizers of every kind. */
public class Verbalizers {

    public enum Mood {
        @LabelWords({"good", "great", "fine"})
        GOOD,
        @LabelWords({"bad", "terrible"})
        BAD
    }

    @Template("{text} It was {mask}.")
    @Verbalizer(labels = Mood.class, kind = VerbalizerKind.SOFT, vectorStart = VectorStart.RANDOM)
    @Tuning(learningRate = 1e-4)
    public record Vectors(String text) {}

    @Template("{text} It was {mask}")
    @Verbalizer(labels = Mood.class, kind = VerbalizerKind.SOFT, labelLearningRate = 0.01)
    @PrefixTuning
    @Tuning(backbone = "tiny-decoder")
    public record VectorsOfADecoder(String text) {}

    @Template("{text} It was {mask}.")
    @Verbalizer(labels = Mood.class, kind = VerbalizerKind.PROTOTYPES, prototypeSize = 32, prototypeSteps = 50)
    public record Prototypes(String text) {}

    @Template("{text} It was {mask}.")
    @Verbalizer(labels = Mood.class, kind = VerbalizerKind.KNOWLEDGEABLE, vocabularyShare = 0.25, relevance = false)
    @LmBff
    public record Knowledge(String text) {}
}
