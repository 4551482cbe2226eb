package dev.cloze.runtime.words;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Words by their nearness to others: the cosine of their rows of the language-model head, as LM-BFF's code has it for TREC. */
final class NearestWords {

    private final Backbone backbone;
    private final Vocabulary vocabulary;
    private final boolean afterSpace;

    private NearestWords(Backbone backbone, Vocabulary vocabulary, boolean afterSpace) {
        this.backbone = backbone;
        this.vocabulary = vocabulary;
        this.afterSpace = afterSpace;
    }

    static NearestWords of(LanguageModel model, boolean afterSpace) {
        return new NearestWords(model.backbone(), model.tokenizer().vocabulary(), afterSpace);
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
            double[] goal = mean(backbone.wordVectors(vocabulary.encodeWord(word, afterSpace).stream()
                    .mapToInt(Integer::intValue)
                    .toArray()));
            for (int i = 0; i < rows.length; i++) {
                nearness[i] = Math.max(nearness[i], cosine(rows[i], goal));
            }
        }
        return words.at(IntStream.range(0, nearness.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -nearness[i]))
                .limit(most)
                .toList());
    }

    private static double[] mean(float[][] rows) {
        double[] mean = new double[rows[0].length];
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    private static double cosine(float[] row, double[] goal) {
        double product = 0;
        double squares = 0;
        double goals = 0;
        for (int i = 0; i < goal.length; i++) {
            product += row[i] * goal[i];
            squares += (double) row[i] * row[i];
            goals += goal[i] * goal[i];
        }
        return product / Math.sqrt(squares * goals);
    }
}
