package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What the vectors of labels start as, [C][e]: those of words in the head of a model, or random ones. */
record VectorStarts(Backbone backbone, CompiledVerbalizer<?> verbalizer) {

    /**
     * The mean over each label's words, each of which is the mean over its tokens.
     *
     * @param firstOnly whether only the first word of a label counts, as in OpenPrompt's code
     */
    float[][] ofWords(boolean firstOnly) {
        float[][] vectors = new float[verbalizer.labels().size()][];
        for (int label = 0; label < vectors.length; label++) {
            int of = label;
            Stream<LabelWord> words = verbalizer.words().stream().filter(word -> word.label() == of);
            vectors[label] = mean((firstOnly ? words.limit(1) : words)
                    .map(word -> mean(Arrays.asList(backbone.wordVectors(word.tokens()))))
                    .toList());
        }
        return vectors;
    }

    /** Normal numbers, each vector as long as those of words are on average. */
    float[][] random(long seed) {
        float[][] vectors = ofWords(false);
        double length = Arrays.stream(vectors)
                .mapToDouble(VectorStarts::length)
                .average()
                .orElseThrow();
        for (int label = 0; label < vectors.length; label++) {
            Random random = new Random(RandomStream.INIT.seed(seed, label));
            for (int i = 0; i < vectors[label].length; i++) {
                vectors[label][i] = (float) random.nextGaussian();
            }
            double own = length(vectors[label]);
            for (int i = 0; i < vectors[label].length; i++) {
                vectors[label][i] = (float) (vectors[label][i] * length / own);
            }
        }
        return vectors;
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        return Math.sqrt(squares);
    }

    private static float[] mean(List<float[]> rows) {
        float[] mean = new float[rows.get(0).length];
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (float[] row : rows) {
                sum += row[i];
            }
            mean[i] = (float) (sum / rows.size());
        }
        return mean;
    }
}
