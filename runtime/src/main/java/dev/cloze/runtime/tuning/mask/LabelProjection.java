package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Label scores as sums over what is said at so many masks: score = sum over masks m and tokens t of s(m, t) weight(m, t).
 *
 * <p>With words of one token (or scored at one mask) there is one projection, of raw logits. With words scored jointly
 * there is one for each length of word, of log-probabilities from one pass with so many masks, and their sums are added; or,
 * for the hinge loss, one with as many masks as the longest word has tokens, of which a word has the first. In training the
 * tokens of a word are not filled in one after the other.
 *
 * @param masks how many masks the texts have, M
 * @param tokens the tokens asked for, W
 * @param weights [M * W][labels]; none where each token is a label, in their order
 * @param normalised whether log-probabilities are summed rather than raw logits
 */
public record LabelProjection(int masks, int[] tokens, float[][] weights, boolean normalised) {

    private static final float[][] NO_WEIGHTS = {};

    /** Whether the scores of the tokens are those of the labels. */
    boolean isPlain() {
        return weights.length == 0;
    }

    /** The projections of a verbalizer for that loss, whose sum gives its label scores. */
    public static List<LabelProjection> of(CompiledVerbalizer<?> verbalizer, LabelLoss loss) {
        if (verbalizer.isTokens()) {
            return List.of(new LabelProjection(1, verbalizer.tokenIds(), NO_WEIGHTS, verbalizer.isOpen()));
        }
        if (!verbalizer.isJoint()) {
            return List.of(new LabelProjection(1, verbalizer.tokenIds(), transposed(verbalizer.labelWeights()), false));
        }
        if (loss == LabelLoss.HINGE) {
            return List.of(joint(verbalizer, verbalizer.masks(), verbalizer.words()));
        }
        List<LabelProjection> projections = new ArrayList<>();
        int[] lengths = verbalizer.words().stream()
                .mapToInt(word -> word.tokens().length)
                .distinct()
                .sorted()
                .toArray();
        for (int length : lengths) {
            List<LabelWord> words = verbalizer.words().stream()
                    .filter(word -> word.tokens().length == length)
                    .toList();
            projections.add(joint(verbalizer, length, words));
        }
        return projections;
    }

    private static LabelProjection joint(CompiledVerbalizer<?> verbalizer, int masks, List<LabelWord> words) {
        int[] tokens = words.stream()
                .flatMapToInt(word -> Arrays.stream(word.tokens()))
                .distinct()
                .sorted()
                .toArray();
        float[][] weights = new float[masks * tokens.length][verbalizer.labels().size()];
        int[] counts = verbalizer.wordCounts();
        for (LabelWord word : words) {
            for (int m = 0; m < word.tokens().length; m++) {
                int column = Arrays.binarySearch(tokens, word.tokens()[m]);
                weights[m * tokens.length + column][word.label()] +=
                        1f / ((long) counts[word.label()] * verbalizer.divisor(word));
            }
        }
        return new LabelProjection(masks, tokens, weights, true);
    }

    private static float[][] transposed(float[][] matrix) {
        float[][] result = new float[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }
}
