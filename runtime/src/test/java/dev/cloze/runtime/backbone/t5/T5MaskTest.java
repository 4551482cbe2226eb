package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.SoftInputs;
import dev.cloze.runtime.backbone.TokenRow;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands for a mask, asked by a sentinel; here the sentinel is token 63. */
class T5MaskTest {

    private static final int SENTINEL = 63;

    private final T5 model;

    T5MaskTest() throws IOException, URISyntaxException {
        model = new T5Fixture("t5-v1_1").load();
    }

    @AfterEach
    void free() {
        model.close();
    }

    @Test
    void aMasksLogitsAreTheDecodersBehindTheSentinel() {
        TokenRow one = new TokenRow(new int[] {7, SENTINEL, 9, 1}, new int[4], new int[] {1});
        TokenRow longer = new TokenRow(new int[] {4, 7, 8, SENTINEL, 9, 5, 1}, new int[7], new int[] {3});
        float[][][] scores = model.scores(List.of(one, longer), new int[0], false);
        assertThat(scores[0][0]).containsExactly(expected(new int[] {7, SENTINEL, 9, 1}), within(1e-5f));
        assertThat(scores[1][0]).containsExactly(expected(new int[] {4, 7, 8, SENTINEL, 9, 5, 1}), within(1e-5f));
    }

    @Test
    void ofSeveralMasksTheFirstOpenOneIsScoredAfterTheTokensBeforeIt() {
        TokenRow open = new TokenRow(
                new int[] {7, SENTINEL, SENTINEL, SENTINEL, 9, 1}, new int[] {0, 1, 1, 1, 0, 0}, new int[] {1, 2, 3});
        TokenRow known =
                new TokenRow(new int[] {7, 21, 22, SENTINEL, 9, 1}, new int[] {0, 1, 1, 1, 0, 0}, new int[] {3});
        TokenRow half = new TokenRow(
                new int[] {7, 21, SENTINEL, SENTINEL, 9, 1}, new int[] {0, 1, 1, 1, 0, 0}, new int[] {2, 3});
        float[][][] scores = model.scores(List.of(open, known, half), new int[0], false);
        int[] text = {7, SENTINEL, 9, 1};
        assertThat(scores[0][0]).containsExactly(expected(text), within(1e-5f));
        assertThat(scores[1][0]).containsExactly(expected(text, 21, 22), within(1e-5f));
        assertThat(scores[2][0]).containsExactly(expected(text, 21), within(1e-5f));
        for (float[] later : List.of(scores[0][1], scores[0][2], scores[2][1])) {
            assertThat(later).hasSize(64).containsOnly(Float.NEGATIVE_INFINITY);
        }
        assertThat(scores[1]).hasNumberOfRows(1);
    }

    @Test
    void wordsAreColumnsOfAllAndProbabilitiesAreOfTheWholeVocabulary() {
        TokenRow row = new TokenRow(new int[] {7, SENTINEL, 9, 1}, new int[4], new int[] {1});
        float[] all = model.scores(List.of(row), new int[0], false)[0][0];
        float[] log = model.scores(List.of(row), new int[0], true)[0][0];
        int[] words = {40, 3};
        float[] raw = model.scores(List.of(row), words, false)[0][0];
        float[] normalised = model.scores(List.of(row), words, true)[0][0];
        double sum = 0;
        for (float value : all) {
            sum += Math.exp(value);
        }
        for (int i = 0; i < words.length; i++) {
            assertThat(raw[i]).isCloseTo(all[words[i]], within(1e-5f));
            assertThat(normalised[i]).isCloseTo(log[words[i]], within(1e-5f));
            assertThat((double) normalised[i]).isCloseTo(all[words[i]] - Math.log(sum), within(1e-4));
        }
    }

    @Test
    void logitsForTrainingAreTheSameScores() {
        TokenRow row = new TokenRow(new int[] {7, SENTINEL, 9, 1}, new int[4], new int[] {1});
        try (NDManager scope = model.memory().newSubManager()) {
            NDArray logits =
                    model.logits(scope, List.of(row, row), new int[] {5, 6}, false, Dropout.NONE, Injection.NONE);
            assertThat(logits.getShape()).isEqualTo(new Shape(2, 1, 2));
            float[] scores = model.scores(List.of(row), new int[] {5, 6}, false)[0][0];
            assertThat(Arrays.copyOf(logits.toFloatArray(), 2)).containsExactly(scores, within(1e-5f));
        }
    }

    @Test
    void gradientsOfWordsAtAMaskAreFiniteDifferences() {
        List<TokenRow> rows = List.of(
                new TokenRow(new int[] {7, SENTINEL, 9, 1}, new int[4], new int[] {1}),
                new TokenRow(new int[] {4, 7, 8, SENTINEL, 9, 5, 1}, new int[7], new int[] {3}));
        try (T5 exact = model.withWeights(SoftInputs.doubles(model));
                T5 trained = exact.trainableCopy();
                NDManager scope = trained.memory().newSubManager()) {
            List<NDArray> weights = List.copyOf(trained.weights().values());
            for (boolean normalise : new boolean[] {false, true}) {
                new SoftInputs(scope).assertSlopes(weights, () -> trained.logits(
                                scope, rows, new int[] {5, 6, 40}, normalise, Dropout.NONE, Injection.NONE)
                        .tanh()
                        .sum());
            }
        }
    }

    @Test
    void severalMasksAreNotTrainedAtOnce() {
        TokenRow row = new TokenRow(new int[] {SENTINEL, SENTINEL}, new int[2], new int[] {0, 1});
        try (NDManager scope = model.memory().newSubManager()) {
            assertThatThrownBy(() -> model.logits(scope, List.of(row), new int[0], false, Dropout.NONE, Injection.NONE))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void dropoutOfOneSeedDropsTheSameAndOfAnotherOtherwise() {
        TokenRow row = new TokenRow(new int[] {7, SENTINEL, 9, 1}, new int[4], new int[] {1});
        assertThat(dropped(row, 5)).isEqualTo(dropped(row, 5)).isNotEqualTo(dropped(row, 6));
    }

    private float[] dropped(TokenRow row, long seed) {
        try (NDManager scope = model.memory().newSubManager()) {
            return model.logits(scope, List.of(row), new int[0], false, new Dropout(0.1, 0.1, seed), Injection.NONE)
                    .toFloatArray();
        }
    }

    /** The logits behind the start token, the sentinel, and what is known. */
    private float[] expected(int[] text, int... known) {
        int[] inputs = new int[2 + known.length];
        inputs[1] = SENTINEL;
        System.arraycopy(known, 0, inputs, 2, known.length);
        try (NDManager scope = model.memory().newSubManager()) {
            float[] all = model.logitsAtInputs(scope, text, inputs).toFloatArray();
            return Arrays.copyOfRange(all, all.length - 64, all.length);
        }
    }
}
