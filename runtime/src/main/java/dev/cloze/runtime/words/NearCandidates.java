package dev.cloze.runtime.words;

import dev.cloze.runtime.adapter.NearestWords;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Words by their nearness to others: the cosine of their rows of the language-model head, as LM-BFF's code has it for TREC. */
final class NearCandidates {

    private final Backbone backbone;
    private final Vocabulary vocabulary;
    private final boolean afterSpace;

    private NearCandidates(Backbone backbone, Vocabulary vocabulary, boolean afterSpace) {
        this.backbone = backbone;
        this.vocabulary = vocabulary;
        this.afterSpace = afterSpace;
    }

    static NearCandidates of(LanguageModel model, boolean afterSpace) {
        return new NearCandidates(model.backbone(), model.tokenizer().vocabulary(), afterSpace);
    }

    /**
     * The nearest of some words, the nearest first; of equals the one that stood before.
     *
     * @param own what they are to be near to: the nearest of these counts, and of several tokens their mean
     * @param most how many are kept
     */
    WordCandidates of(WordCandidates words, List<String> own, int most) {
        double[] nearness = new double[words.size()];
        Arrays.fill(nearness, Double.NEGATIVE_INFINITY);
        float[][] rows = backbone.wordVectors(words.ids()); // (W, e)
        for (String word : own) {
            float[] goal = mean(backbone.wordVectors(vocabulary.encodeWord(word, afterSpace).stream()
                    .mapToInt(Integer::intValue)
                    .toArray()));
            for (int i = 0; i < rows.length; i++) {
                nearness[i] = Math.max(nearness[i], NearestWords.cosine(rows[i], 0, goal, 0, goal.length));
            }
        }
        return words.at(IntStream.range(0, nearness.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -nearness[i]))
                .limit(most)
                .toList());
    }

    private static float[] mean(float[][] rows) {
        float[] mean = new float[rows[0].length];
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }
}
