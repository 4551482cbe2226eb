package dev.cloze.runtime.tuning.setfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.encoder.Encoder;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.loop.FullTuning;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SetFitTest {

    /** Four examples of two labels: six pairs of equal labels, an example and itself among them, and four of others. */
    @Test
    void bothKindsOfPairsAreAsManyAndTheFewerAreRepeated() {
        int[] labels = {0, 1, 1, 0};
        Pairs pairs = Pairs.of(labels, 1000, 3);
        assertThat(pairs.size()).isEqualTo(12);
        List<String> unlike = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            int first = pairs.first()[i];
            int second = pairs.second()[i];
            assertThat(pairs.alike()[i]).isEqualTo(i % 2 == 0).isEqualTo(labels[first] == labels[second]);
            if (!pairs.alike()[i]) {
                unlike.add(first + "-" + second);
            }
        }
        assertThat(unlike).hasSize(6);
        assertThat(unlike.stream().distinct()).containsExactlyInAnyOrder("0-1", "0-2", "1-3", "2-3");
        assertThat(Pairs.of(labels, 1000, 3).first()).isEqualTo(pairs.first());
        assertThat(Pairs.of(labels, 6, 3).size()).isEqualTo(6);
    }

    @Test
    void whereThereAreTooManyPairsTheyAreDrawn() {
        int[] labels = IntStream.range(0, 3000).map(i -> i % 3).toArray();
        Pairs pairs = Pairs.of(labels, 4000, 5);
        assertThat(pairs.size()).isEqualTo(4000);
        for (int i = 0; i < pairs.size(); i++) {
            assertThat(labels[pairs.first()[i]] == labels[pairs.second()[i]]).isEqualTo(pairs.alike()[i]);
        }
        assertThat(Pairs.of(labels, 4000, 5).second()).isEqualTo(pairs.second());
        assertThat(Pairs.of(labels, 4000, 6).second()).isNotEqualTo(pairs.second());
    }

    /** SetFit's own numbers: once over all pairs in batches of 16. */
    @Test
    void stepsAreThoseOfOnePassOverThePairs() {
        int[] labels = IntStream.range(0, 32).map(i -> i % 2).toArray();
        TrainingOptions usual = SetFitStrategy.usual(labels, 384);
        assertThat(usual.batchSize()).isEqualTo(16);
        assertThat(usual.maxSteps()).isEqualTo(2 * 272 / 16);
        assertThat(usual.learningRate()).isEqualTo(2e-5);
        assertThat(SetFitStrategy.usual(new int[5000], 384).maxSteps()).isEqualTo(1000);
    }

    /** SetFit's warmup_proportion = 0.1, rounded up as transformers rounds it; whoever sets a number of steps has that. */
    @Test
    void theRateRisesOverATenthOfTheSteps() {
        UnaryOperator<TrainingOptions> none = options -> options;
        assertThat(warmUp(none)).isEqualTo(1);
        assertThat(warmUp(options -> options.withMaxSteps(11))).isEqualTo(2);
        assertThat(warmUp(options -> options.withMaxSteps(11).withWarmupSteps(0)))
                .isZero();
        assertThat(warmUp(options -> options.withMaxSteps(11).withWarmupSteps(5)))
                .isEqualTo(5);
        assertThat(IntStream.of(1, 10, 34, 70, 1000).map(SetFitStrategy::warmUp))
                .as("math.ceil(steps * 0.1) of Python")
                .containsExactly(1, 1, 4, 7, 100);
    }

    private static int warmUp(UnaryOperator<TrainingOptions> change) {
        int[] steps = {-1};
        PromptTrainer.of(Reviews.builder()
                        .tuning(TaskTuning.of(TuningMethod.SETFIT, "cloze-tiny-en"))
                        .build())
                .quiet()
                .options(change)
                .listener(new TrainingListener() {
                    @Override
                    public void onStart(TrainingStarted started) {
                        steps[0] = started.options().warmupSteps();
                    }
                })
                .fit(Reviews.examples().subList(0, 4))
                .close();
        return steps[0];
    }

    /** cos((1, 2), (2, 1)) = 0.8 and cos((3, 0), (0, 1)) = 0: the squares of 0.2 and of 0, or of 0.8 and of 1. */
    @Test
    void theLossIsTheMeanSquareOfCosinesLessTargets() {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            List<NDArray> parts = List.of(
                    memory.create(new float[][] {{2, 1}}), memory.create(new float[][] {{0, 1}, {3, 0}, {1, 2}}));
            NDArray places = memory.create(new long[] {3, 2, 0, 1});
            for (float[][] expected : new float[][][] {{{1, 0}, {0.02f}}, {{0, 1}, {0.82f}}}) {
                NDArray targets = memory.create(expected[0]);
                try (TensorList vectors = TensorList.named("vectors", parts)) {
                    NDArray loss =
                            kernel.train(memory, "similarity", vectors, places, targets, Control.of(memory, 0.5));
                    assertThat(loss.getFloat()).isCloseTo(expected[1][0] / 2, within(1e-6f));
                }
            }
        }
    }

    /** Of vectors that are means, and of such that are the first token's, whose losses stand by themselves. */
    @ParameterizedTest
    @EnumSource(names = {"MEAN", "PLACES"})
    void tenStepsWithoutDropoutAreThoseOfSentenceTransformersLossAndTorch(StatePooling pooling)
            throws IOException, URISyntaxException {
        ParityFixture fixture = new ParityFixture("bert-tied");
        JsonObject golden = fixture.json("setfit.json");
        JsonObject expected = pooling == StatePooling.MEAN ? golden : golden.getAsJsonObject("first_tokens");
        TrainingOptions options = TrainingOptions.defaults()
                .withMaxSteps(10)
                .withBatchSize(6)
                .withLearningRate(golden.get("lr").getAsDouble())
                .withWeightDecay(golden.get("weight_decay").getAsDouble())
                .withEvaluateEvery(0);
        List<StepEnded> steps = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                steps.add(step);
            }
        };
        try (Encoder source = fixture.loadWithoutDropout();
                FullTuning tuning = new FullTuning(
                        source.trainableBody(),
                        Map.of(),
                        CosineObjective.of(pooling, rows(golden), pairs(golden)),
                        options,
                        body -> 0)) {
            new TrainingLoop(options, new TrainingTask(6, 0, Map.of()), List.of(listener)).run(tuning);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(steps.get(i).loss())
                    .isCloseTo(expected.getAsJsonArray("losses").get(i).getAsDouble(), within(1e-5));
            assertThat(steps.get(i).gradientNorm())
                    .isCloseTo(
                            expected.getAsJsonArray("norms_before_clipping")
                                    .get(i)
                                    .getAsDouble(),
                            within(1e-4));
        }
    }

    /** Two long texts and two short ones go through the layers apart; each pair by itself goes as one group. */
    @Test
    void textsOfDifferentLengthsGiveTheGradientThatTheirPairsGiveAlone(@TempDir Path folder) throws IOException {
        int[][] texts = {
            {2, 5, 6, 3},
            {2, 7, 8, 3},
            IntStream.range(5, 205).toArray(),
            IntStream.range(9, 209).toArray()
        };
        List<TokenRow> rows = Arrays.stream(texts)
                .map(ids -> new TokenRow(ids, new int[ids.length], new int[] {0}))
                .toList();
        Pairs pairs = new Pairs(new int[] {0, 2}, new int[] {1, 3}, new boolean[] {true, false});
        Path still = TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("still"));
        try (LanguageModel model = LanguageModel.open(still.toString())) {
            assertThat(model.backbone().buckets(rows)).hasSize(2);
            Supplier<FullTuning> tuning = () -> new FullTuning(
                    model.backbone().trainableBody(),
                    Map.of(),
                    CosineObjective.of(StatePooling.MEAN, rows, pairs),
                    TrainingOptions.defaults(),
                    body -> 0);
            try (FullTuning together = tuning.get();
                    FullTuning apart = tuning.get()) {
                double loss = together.accumulate(new int[] {0, 1}, 1, 0);
                double losses = apart.accumulate(new int[] {0}, 0.5, 0) + apart.accumulate(new int[] {1}, 0.5, 0);
                assertThat(loss).isCloseTo(losses / 2, within(1e-6));
                assertThat(together.gradientNorm()).isCloseTo(apart.gradientNorm(), within(1e-5));
            }
        }
    }

    private static List<TokenRow> rows(JsonObject golden) {
        JsonArray rows = golden.getAsJsonArray("rows");
        return IntStream.range(0, rows.size())
                .mapToObj(i -> ParityFixture.vector(rows.get(i)))
                .map(ids -> new TokenRow(ids, new int[ids.length], new int[] {0}))
                .toList();
    }

    private static Pairs pairs(JsonObject golden) {
        int[][] pairs = ParityFixture.matrix(golden.get("pairs"));
        Pairs all = new Pairs(new int[pairs.length], new int[pairs.length], new boolean[pairs.length]);
        for (int i = 0; i < pairs.length; i++) {
            all.first()[i] = pairs[i][0];
            all.second()[i] = pairs[i][1];
            all.alike()[i] = pairs[i][2] == 1;
        }
        return all;
    }

    @Test
    void aSentenceEncoderLearnsFromAFewExamples() {
        String published = RealModels.folder("all-MiniLM-L6-v2").toString();
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.builder()
                        .tuning(TaskTuning.of(TuningMethod.SETFIT, published))
                        .build())
                .quiet()
                .fit(Reviews.examples().subList(0, 8))) {
            assertThat(tuned.evaluate(Reviews.examples()).accuracy()).isGreaterThan(0.7);
        }
    }
}
