package dev.cloze.runtime.words;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** The training examples in a template, asked what an untrained model says at the mask. */
final class AskedExamples {

    /** Scores at a time: some megabytes. */
    private static final int AT_ONCE = 4_000_000;

    private final LanguageModel model;
    private final CompiledTask task;
    private final LabeledValues examples;
    private final IntConsumer heard;

    /** @param heard is told how many more examples have been asked about */
    AskedExamples(LanguageModel model, CompiledTask task, LabeledValues examples, IntConsumer heard) {
        this.model = model;
        this.task = task;
        this.examples = examples;
        this.heard = heard;
    }

    /** Takes what is said of one example. */
    @FunctionalInterface
    interface Taker {

        /** @param scores of the words asked for, in their order */
        void take(int example, int label, float[] scores);
    }

    /**
     * Asks about words, example by example in their order.
     *
     * @param normalised true for natural logarithms of probabilities over the whole vocabulary, false for raw logits
     */
    void ask(WordCandidates words, boolean normalised, Taker taker) {
        int chunk = Math.max(1, AT_ONCE / words.size());
        for (int from = 0; from < examples.size(); from += chunk) {
            int to = Math.min(examples.size(), from + chunk);
            List<Map<String, String>> inputs = examples.inputs().subList(from, to);
            float[][][] scores = model.backbone()
                    .scores(
                            task.encode(inputs, 1).stream()
                                    .map(ModelTemplate::row)
                                    .toList(),
                            words.ids(),
                            normalised);
            for (int i = from; i < to; i++) {
                float[] said = scores[i - from][0];
                for (int w = 0; w < said.length; w++) {
                    FiniteScores.require(said[w], "the word \"" + words.words().get(w) + "\"");
                }
                taker.take(i, examples.labels()[i], said);
            }
            heard.accept(to - from);
        }
    }

    /** How many examples there are of each label. */
    int[] counts(int labels) {
        int[] counts = new int[labels];
        for (int label : examples.labels()) {
            counts[label]++;
        }
        return counts;
    }

    /** Refuses a model whose masks hold texts rather than tokens, whose words this search cannot rank. */
    static void requireTokens(LanguageModel model) {
        if (model.backbone().kind() == BackboneKind.ENCODER_DECODER) {
            throw new ClozeException(
                    Problem.MODEL_UNSUPPORTED,
                    "Label words are searched among single tokens at the mask, and \""
                            + model.folder().name() + "\" writes a text in its place."
                            + "\n  Search with an encoder or a decoder; the words found can be used with any model.");
        }
    }
}
