package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Blocked;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenChoices;
import dev.cloze.runtime.backbone.TokenDrawing;
import dev.cloze.runtime.backbone.TokenSelection;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {

    private static final int VOCABULARY = 12;
    private static final int DRAWS = 20_000;
    private static final GenerationOptions OPTIONS =
            GenerationOptions.defaults().withTemperature(1.3).withMaxTokens(12);

    private static Tokenizer tokenizer;

    @BeforeAll
    static void open(@TempDir Path folder) {
        tokenizer = ByteTokens.open(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private static List<List<Generated>> generate(TableModel model, List<int[]> prompts, GenerationOptions options) {
        return TextGenerator.generate(
                model, tokenizer, model.endTokens(), prompts, Injection.NONE, options, GenerationListener.NONE);
    }

    /** Probabilities as the definitions have them: divided by the temperature, the k best, then the fewest that reach p. */
    private static double[] probabilities(float[] logits, double temperature, int k, double p) {
        List<Integer> best = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]))
                .limit(k == 0 ? logits.length : k)
                .toList();
        double all = best.stream()
                .mapToDouble(i -> Math.exp(logits[i] / temperature))
                .sum();
        double[] kept = new double[logits.length];
        double sum = 0;
        for (int i : best) {
            if (sum >= p) {
                break;
            }
            kept[i] = Math.exp(logits[i] / temperature) / all;
            sum += kept[i];
        }
        for (int i = 0; i < kept.length; i++) {
            kept[i] /= sum;
        }
        return kept;
    }

    /** Evenly spaced shares draw each token exactly as often as its probability says. */
    @ParameterizedTest
    @CsvSource({"1, 0, 1", "0.5, 0, 1", "2, 5, 1", "1, 0, 0.7", "1.5, 6, 0.8", "1, 1, 1", "1, 0, 0.0001", "0.01, 0, 1"})
    void tokensAreDrawnByTheirProbabilities(double temperature, int k, double p) {
        try (TableModel model = TableModel.markov(VOCABULARY, 8);
                Decoding decoding = model.read(List.of(new int[] {4}), 1, Injection.NONE)) {
            double[] shares = IntStream.range(0, DRAWS)
                    .mapToDouble(i -> (i + 0.5) / DRAWS)
                    .toArray();
            TokenChoices drawn = TokenSelection.on(ComputeDevice.CPU)
                    .drawn(decoding, new int[DRAWS], Blocked.NOTHING, new TokenDrawing(temperature, k, p), shares);
            int[] counts = new int[VOCABULARY];
            IntStream.of(drawn.tokens()).forEach(token -> counts[token]++);
            double[] expected = probabilities(model.logits(new int[] {4}), temperature, k, p);
            for (int v = 0; v < VOCABULARY; v++) {
                assertThat(counts[v] / (double) DRAWS).isCloseTo(expected[v], within(2.0 / DRAWS));
            }
        }
    }

    /** So flat that the first few tried for top p don't make it up. */
    @Test
    void topPHoldsForVocabulariesOfAnySizeAndShape() {
        for (double slope : new double[] {0.001, 1}) {
            float[] logits = new float[2000];
            for (int v = 0; v < logits.length; v++) {
                logits[(v * 769) % 2000] = (float) (-slope * v);
            }
            try (TableModel model = new TableModel(2000, 10, new int[0], context -> logits);
                    Decoding decoding = model.read(List.of(new int[] {1}), 1, Injection.NONE)) {
                double[] shares = IntStream.range(0, DRAWS)
                        .mapToDouble(i -> (i + 0.5) / DRAWS)
                        .toArray();
                TokenChoices drawn = TokenSelection.on(ComputeDevice.CPU)
                        .drawn(decoding, new int[DRAWS], Blocked.NOTHING, new TokenDrawing(1, 0, 0.8), shares);
                double[] expected = probabilities(logits, 1, 0, 0.8);
                int[] counts = new int[2000];
                IntStream.of(drawn.tokens()).forEach(token -> counts[token]++);
                for (int v = 0; v < 2000; v++) {
                    assertThat(counts[v] / (double) DRAWS).isCloseTo(expected[v], within(4.0 / DRAWS));
                }
            }
        }
    }

    @Test
    void theGreatestShareDrawsATokenThatMayBeDrawn() {
        float[] logits = {3, 2, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};
        try (TableModel model = new TableModel(4, 10, new int[0], context -> logits);
                Decoding decoding = model.read(List.of(new int[] {1}), 1, Injection.NONE)) {
            TokenChoices drawn = TokenSelection.on(ComputeDevice.CPU)
                    .drawn(decoding, new int[] {0, 0}, Blocked.NOTHING, new TokenDrawing(1, 0, 1), new double[] {
                        0, 1 - 0x1p-52
                    });
            assertThat(drawn.tokens()).containsExactly(0, 1);
        }
    }

    @Test
    void theSameSeedWritesTheSameAndAnotherDoesNot() {
        try (TableModel model = TableModel.markov(VOCABULARY, 8)) {
            List<int[]> prompt = List.of(new int[] {4, 5});
            int[] first =
                    generate(model, prompt, OPTIONS.withSeed(7)).get(0).get(0).ids();
            assertThat(generate(model, prompt, OPTIONS.withSeed(7))
                            .get(0)
                            .get(0)
                            .ids())
                    .isEqualTo(first);
            List<int[]> others = new ArrayList<>();
            for (int seed = 8; seed < 13; seed++) {
                others.add(generate(model, prompt, OPTIONS.withSeed(seed))
                        .get(0)
                        .get(0)
                        .ids());
            }
            assertThat(others).anyMatch(ids -> !java.util.Arrays.equals(ids, first));
        }
    }

    @Test
    void aPromptsTextsDoNotDependOnItsBatch() {
        try (TableModel model = TableModel.markov(VOCABULARY, 8)) {
            List<int[]> prompts = IntStream.range(0, 100)
                    .mapToObj(i -> IntStream.range(0, 1 + i % 4)
                            .map(t -> 1 + (i + t) % 11)
                            .toArray())
                    .toList();
            GenerationOptions options = OPTIONS.withSequences(3).withNoRepeatNgram(3);
            List<List<Generated>> together = generate(model, prompts, options);
            for (int i = 0; i < prompts.size(); i++) {
                List<Generated> alone =
                        generate(model, List.of(prompts.get(i)), options).get(0);
                for (int s = 0; s < 3; s++) {
                    assertThat(together.get(i).get(s).ids())
                            .isEqualTo(alone.get(s).ids());
                }
            }
        }
    }

    @Test
    void severalSequencesAreDrawnIndependently() {
        try (TableModel model = TableModel.markov(VOCABULARY, 8)) {
            GenerationOptions options = OPTIONS.withMinTokens(6).withSequences(200);
            List<Generated> texts =
                    generate(model, List.of(new int[] {4}), options).get(0);
            assertThat(texts).hasSize(200);
            double[] expected = probabilities(model.logits(new int[] {4}), 1.3, 0, 1);
            double ended = expected[0];
            for (int v = 1; v < VOCABULARY; v++) {
                int token = v;
                double share =
                        texts.stream().filter(text -> text.ids()[0] == token).count() / 200.0;
                assertThat(share).isCloseTo(expected[v] / (1 - ended), within(0.12));
            }
        }
    }

    @Test
    void theLogProbabilityIsTheModelsOwn() {
        try (TableModel model = TableModel.markov(VOCABULARY, 8)) {
            Generated text = generate(
                            model,
                            List.of(new int[] {4}),
                            OPTIONS.withMaxTokens(1).withTopK(1))
                    .get(0)
                    .get(0);
            Generated greedy = generate(
                            model,
                            List.of(new int[] {4}),
                            GenerationOptions.defaults().withMaxTokens(1))
                    .get(0)
                    .get(0);
            assertThat(text.logProbability()).isEqualTo(greedy.logProbability());
        }
    }
}
