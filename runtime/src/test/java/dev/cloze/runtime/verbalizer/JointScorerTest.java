package dev.cloze.runtime.verbalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.runtime.template.EncodedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JointScorerTest {

    private static final int MASK = 9;

    private final List<Integer> calls = new ArrayList<>();

    /** A joint distribution by rule: what a mask says depends on every id in the text. */
    private static double logProbability(int[] ids, int position, int token) {
        double[] logits = new double[MASK];
        for (int candidate = 0; candidate < MASK; candidate++) {
            logits[candidate] = new Random(Arrays.hashCode(ids) * 31L + position * 7L + candidate).nextGaussian() * 2;
        }
        double total = Arrays.stream(logits).map(Math::exp).sum();
        return logits[token] - Math.log(total);
    }

    private MaskScores model(List<EncodedText> texts, int[] tokenIds, boolean normalised) {
        assertThat(normalised).isTrue();
        calls.add(texts.size());
        return new MaskScores(texts.stream()
                .map(text -> Arrays.stream(text.maskPositions())
                        .mapToObj(at -> {
                            float[] row = new float[tokenIds.length];
                            for (int i = 0; i < row.length; i++) {
                                row[i] = (float) logProbability(text.ids(), at, tokenIds[i]);
                            }
                            return row;
                        })
                        .toArray(float[][]::new))
                .toArray(float[][][]::new));
    }

    /** Two inputs: an id of their own, the masks, an end. */
    private static List<EncodedText> texts(int masks) {
        return IntStream.range(0, 2)
                .mapToObj(input -> {
                    int[] ids = new int[masks + 2];
                    Arrays.fill(ids, MASK);
                    ids[0] = input;
                    ids[masks + 1] = 8;
                    return new EncodedText(
                            ids,
                            new int[ids.length],
                            IntStream.rangeClosed(1, masks).toArray(),
                            false);
                })
                .toList();
    }

    /** Of 64 inputs and 500 words of two tokens, all in one call would be 32 million scores. */
    @Test
    void veryManyScoresAreAskedForInSeveralCallsOfWhichEachIsWhole() {
        List<int[]> words = IntStream.range(0, 500)
                .mapToObj(word -> new int[] {10 + word, 510 + word})
                .toList();
        List<EncodedText> inputs = IntStream.range(0, 32)
                .boxed()
                .flatMap(more -> texts(2).stream())
                .toList();
        List<Long> asked = new ArrayList<>();
        MaskModel counting = (texts, tokens, normalised) -> {
            asked.add((long) texts.size() * tokens.length);
            return new MaskScores(texts.stream()
                    .map(text -> new float[text.maskPositions().length][tokens.length])
                    .toArray(float[][][]::new));
        };
        float[][] scores = new JointScorer(counting, MultiTokenWords.JOINT).score(masks -> inputs, words);
        assertThat(scores).hasDimensions(64, 500);
        assertThat(asked).hasSizeGreaterThan(2).hasSizeLessThan(20);
        assertThat(asked.subList(1, asked.size())).allMatch(count -> count <= 4_000_000);
    }

    @Test
    void aWordsScoreIsTheProductOfItsConditionalProbabilitiesMostProbableFirst() {
        List<int[]> words =
                List.of(new int[] {3}, new int[] {1, 2}, new int[] {4, 4, 5}, new int[] {2, 1}, new int[] {6});

        float[][] scores = new JointScorer(this::model, MultiTokenWords.JOINT).score(JointScorerTest::texts, words);

        for (int input = 0; input < 2; input++) {
            for (int w = 0; w < words.size(); w++) {
                assertThat((double) scores[input][w]).isCloseTo(byHand(input, words.get(w)), within(1e-5));
            }
        }
        // one mask, two masks, three masks; then what is left of 2 + 2 + 2 words and of 2
        assertThat(calls).containsExactly(2, 2, 2, 6, 2);
    }

    @Test
    void fromLeftToRightTheFirstIsTakenAndAtOnceAllAre() {
        List<int[]> words = List.of(new int[] {3}, new int[] {1, 2}, new int[] {4, 4, 5}, new int[] {2, 1});

        float[][] ordered =
                new JointScorer(this::model, MultiTokenWords.LEFT_TO_RIGHT).score(JointScorerTest::texts, words);
        List<Integer> rounds = List.copyOf(calls);
        calls.clear();
        float[][] parallel =
                new JointScorer(this::model, MultiTokenWords.PARALLEL).score(JointScorerTest::texts, words);

        for (int input = 0; input < 2; input++) {
            for (int w = 0; w < words.size(); w++) {
                int[] word = words.get(w);
                int[] ids = texts(word.length).get(input).ids().clone();
                double atOnce = 0;
                double inTurn = 0;
                for (int i = 0; i < word.length; i++) {
                    atOnce += logProbability(texts(word.length).get(input).ids(), i + 1, word[i]);
                    inTurn += logProbability(ids, i + 1, word[i]);
                    ids[i + 1] = word[i];
                }
                assertThat((double) ordered[input][w]).isCloseTo(inTurn, within(1e-5));
                assertThat((double) parallel[input][w]).isCloseTo(atOnce, within(1e-5));
            }
        }
        assertThat(rounds).containsExactly(2, 2, 2, 6, 2);
        assertThat(calls).as("one call for each length").containsExactly(2, 2, 2);
    }

    private static double byHand(int input, int[] word) {
        int[] ids = texts(word.length).get(input).ids().clone();
        List<Integer> open =
                new ArrayList<>(IntStream.range(0, word.length).boxed().toList());
        double score = 0;
        while (!open.isEmpty()) {
            int best = open.get(0);
            for (int i : open) {
                best = logProbability(ids, i + 1, word[i]) > logProbability(ids, best + 1, word[best]) ? i : best;
            }
            score += logProbability(ids, best + 1, word[best]);
            ids[best + 1] = word[best];
            open.remove((Integer) best);
        }
        return score;
    }
}
