package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.GenerationOptions.EarlyStopping;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against all texts there are: with as many beams as texts, the search must find the best one. */
class BeamSearchTest {

    private static final int VOCABULARY = 4;
    private static final int LENGTH = 4;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void open(@TempDir Path folder) {
        tokenizer = ByteTokens.open(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private record Text(int[] ids, double sum, double score) {}

    /** Every text after the prompt: ended by token 0, or as long as it may be. */
    private static void collect(
            TableModel model, int[] context, int written, double sum, double penalty, List<Text> to) {
        double[] logs = logs(model.logits(context));
        for (int token = 0; token < VOCABULARY; token++) {
            double total = sum + logs[token];
            int[] longer = Arrays.copyOf(context, context.length + 1);
            longer[context.length] = token;
            int count = written + 1;
            if (token == 0 || count == LENGTH) {
                int[] ids = Arrays.copyOfRange(
                        longer, longer.length - count, token == 0 ? longer.length - 1 : longer.length);
                to.add(new Text(ids, total, total / Math.pow(count, penalty)));
            } else {
                collect(model, longer, count, total, penalty, to);
            }
        }
    }

    private static double[] logs(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double[] logs = new double[logits.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = logits[i] - Math.log(sum);
        }
        return logs;
    }

    private static List<List<Generated>> generate(TableModel model, List<int[]> prompts, GenerationOptions options) {
        return TextGenerator.generate(
                model, tokenizer, model.endTokens(), prompts, Injection.NONE, options, GenerationListener.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0", "0.5", "1", "2"})
    void asManyBeamsAsTextsFindTheBestOnes(double penalty) {
        for (int seed = 0; seed < 20; seed++) {
            try (TableModel model = TableModel.markov(VOCABULARY, seed)) {
                List<Text> all = new ArrayList<>();
                collect(model, new int[] {2, 1}, 0, 0, penalty, all);
                all.sort((a, b) -> Double.compare(b.score(), a.score()));
                GenerationOptions options = GenerationOptions.defaults()
                        .withMaxTokens(LENGTH)
                        .withBeams(256)
                        .withSequences(5)
                        .withLengthPenalty(penalty)
                        .withEarlyStopping(EarlyStopping.NEVER);
                List<Generated> found =
                        generate(model, List.of(new int[] {2, 1}), options).get(0);
                assertThat(found).hasSize(5);
                for (int i = 0; i < found.size(); i++) {
                    assertThat(found.get(i).ids()).isEqualTo(all.get(i).ids());
                    assertThat(found.get(i).logProbability())
                            .isCloseTo(all.get(i).sum(), within(1e-5));
                }
            }
        }
    }

    @Test
    void fewBeamsAreNeverBetterThanTheBestTextAndMoreThanOneBeatGreedyOften() {
        int better = 0;
        for (int seed = 0; seed < 50; seed++) {
            try (TableModel model = TableModel.markov(VOCABULARY, seed)) {
                List<Text> all = new ArrayList<>();
                collect(model, new int[] {3}, 0, 0, 0, all);
                double best = all.stream().mapToDouble(Text::sum).max().orElseThrow();
                GenerationOptions greedy = GenerationOptions.defaults().withMaxTokens(LENGTH);
                GenerationOptions beams =
                        greedy.withBeams(3).withLengthPenalty(0).withEarlyStopping(EarlyStopping.NEVER);
                double one = generate(model, List.of(new int[] {3}), greedy)
                        .get(0)
                        .get(0)
                        .logProbability();
                double three = generate(model, List.of(new int[] {3}), beams)
                        .get(0)
                        .get(0)
                        .logProbability();
                assertThat(three).isLessThanOrEqualTo(best + 1e-5);
                better += three > one + 1e-5 ? 1 : 0;
            }
        }
        assertThat(better).isGreaterThan(5);
    }

    @Test
    void aBatchWritesWhatEachPromptAloneWrites() {
        try (TableModel model = TableModel.markov(9, 3)) {
            List<int[]> prompts = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                int[] prompt = new int[1 + i % 5];
                for (int t = 0; t < prompt.length; t++) {
                    prompt[t] = 1 + (i * 31 + t * 7) % 8;
                }
                prompts.add(prompt);
            }
            GenerationOptions options = GenerationOptions.defaults()
                    .withMaxTokens(9)
                    .withBeams(3)
                    .withSequences(2)
                    .withNoRepeatNgram(2);
            List<List<Generated>> together = generate(model, prompts, options);
            for (int i = 0; i < prompts.size(); i++) {
                List<Generated> alone =
                        generate(model, List.of(prompts.get(i)), options).get(0);
                assertThat(together.get(i)).hasSameSizeAs(alone);
                for (int s = 0; s < alone.size(); s++) {
                    assertThat(together.get(i).get(s).ids())
                            .isEqualTo(alone.get(s).ids());
                    assertThat(together.get(i).get(s).logProbability())
                            .isCloseTo(alone.get(s).logProbability(), within(1e-5));
                }
            }
        }
    }

    @Test
    void earlyStoppingEndsWithTheFirstFinishedTexts() {
        try (TableModel model = TableModel.markov(6, 11)) {
            GenerationOptions never = GenerationOptions.defaults()
                    .withMaxTokens(30)
                    .withBeams(2)
                    .withLengthPenalty(2)
                    .withEarlyStopping(EarlyStopping.NEVER);
            generate(model, List.of(new int[] {5}), never);
            int patient = model.calls.size();
            model.calls.clear();
            generate(model, List.of(new int[] {5}), never.withEarlyStopping(EarlyStopping.TRUE));
            assertThat(model.calls).hasSizeLessThan(patient);
        }
    }

    @Test
    void aVocabularySmallerThanTheBeamsIsEnough() {
        try (TableModel model = TableModel.markov(2, 1)) {
            GenerationOptions options =
                    GenerationOptions.defaults().withMaxTokens(3).withBeams(8).withSequences(8);
            List<Generated> found =
                    generate(model, List.of(new int[] {1}), options).get(0);
            assertThat(found).extracting(text -> text.ids().length).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }

    @Test
    void aStopWordFinishesABeam() {
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("one stop two"))) {
            GenerationOptions options =
                    GenerationOptions.defaults().withBeams(2).withStopWords("stop");
            Generated text =
                    generate(model, List.of(new int[] {1}), options).get(0).get(0);
            assertThat(text.text()).isEqualTo("one ");
            assertThat(text.reason()).isEqualTo(FinishReason.STOP_WORD);
        }
    }

    @Test
    void finishedPromptsLeaveTheBatch() {
        try (TableModel model =
                TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("a"), ByteTokens.bytes("abcdef"))) {
            GenerationOptions options =
                    GenerationOptions.defaults().withBeams(2).withEarlyStopping(EarlyStopping.TRUE);
            generate(model, List.of(new int[] {1}, new int[] {2}), options);
            assertThat(model.calls).startsWith("read 2", "advance 4").endsWith("advance 2");
        }
    }
}
