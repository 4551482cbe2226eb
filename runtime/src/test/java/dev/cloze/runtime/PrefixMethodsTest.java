package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.backbone.TokenSelection;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.prefix.SavedPrefix;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prefix tuning and P-tuning v2 as users have them, beside what {@link StrategyContractTest} sees of every method. */
class PrefixMethodsTest {

    private static final List<TextPair<Place>> PAIRS = Places.pairs();

    @TempDir
    Path folder;

    private int roots;

    @BeforeEach
    void count() {
        TokenSelection.on(ComputeDevice.CPU); // which stays open once a text has been written
        roots = OpenRoots.count();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
        assertThat(OpenRoots.count()).isEqualTo(roots);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void textsAreWrittenBehindPrefixesAndBitForBitTheSameAfterLoading(boolean encoderDecoder) {
        TextTask<Place> task = Places.task(encoderDecoder ? seq2seq() : decoder());
        Path saved = folder.resolve("saved");
        List<Double> losses = new ArrayList<>();
        List<String> before;
        try (LanguageModel shared = LanguageModel.open(task.tuning().backbone())) {
            String weights = WeightDigest.of(shared.backbone());
            try (TextPipeline<Place> tuned = trainer(task, losses).fit(PAIRS, PAIRS.subList(0, 4))) {
                tuned.save(saved);
                before = tuned.generate(Places.inputs());
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(weights);
        }
        assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0));
        try (TextPipeline<Place> loaded = TextPipeline.load(task, saved)) {
            assertThat(loaded.generate(Places.inputs())).isEqualTo(before);
        }
        try (TextPipeline<Place> untuned = TextPipeline.pretrained(task)) {
            assertThat(untuned.generate(Places.inputs())).isNotEqualTo(before);
        }
    }

    private static TextTrainer<Place> trainer(TextTask<Place> task, List<Double> losses) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        return TextTrainer.of(task)
                .method(TuningMethod.PREFIX_TUNING)
                .quiet()
                .listener(listener)
                .options(options -> options.withMaxSteps(40)
                        .withEvaluateEvery(20)
                        .withLearningRate(0.02)
                        .with(TuningOptions.PROMPT_LENGTH, 4)
                        .with(PrefixOptions.MIDDLE_SIZE, 16));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void prefixesStartFromATextWithANetworkOrWithout(boolean reparametrized) {
        ClassificationTask<Review, Sentiment> task = Reviews.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(
                        TuningMethod.PREFIX_TUNING, reviewDecoder().toString()))
                .build();
        try (PromptPipeline<Review, Sentiment> tuned = fit(task, TuningMethod.PREFIX_TUNING, options -> options.with(
                        PrefixOptions.INITIAL_TEXT, "a film with a cast")
                .with(PrefixOptions.REPARAMETRIZED, reparametrized))) {
            assertThat(tuned.predict(new Review("A warm film")).label()).isNotNull();
        }
        assertThatThrownBy(() -> fit(task, TuningMethod.PREFIX_TUNING, options -> options.with(
                                PrefixOptions.INITIAL_TEXT, "a film with a cast")
                        .with(TuningOptions.PROMPT_LENGTH, 64)))
                .hasMessageContaining("[TuningOptionOutOfRange]")
                .hasMessageContaining("Leave promptLength out");
    }

    @Test
    void anEncoderHasNoTextBeforeItsInput() {
        assertThatThrownBy(() -> fit(
                        Reviews.TASK,
                        TuningMethod.PREFIX_TUNING,
                        options -> options.with(PrefixOptions.INITIAL_TEXT, "film")))
                .hasMessageContaining("[TuningBackboneUnsupported]")
                .hasMessageContaining("initialText = \"film\" can't start the prefixes of cloze-tiny-en");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PREFIX_TUNING", "P_TUNING_V2"})
    void aPrefixThatLeavesNoRoomIsRefusedWithTheSum(String method) {
        assertThatThrownBy(() -> fit(
                        Reviews.TASK,
                        TuningMethod.valueOf(method),
                        options -> options.with(TuningOptions.PROMPT_LENGTH, 5000)))
                .hasMessageContaining("[TuningOptionOutOfRange]")
                .hasMessageContaining("A prefix of promptLength = 5000 leaves 0 of ");
    }

    /** As from a file that was made for another model, or by hand. */
    @ParameterizedTest
    @ValueSource(strings = {"PREFIX_TUNING", "P_TUNING_V2"})
    void prefixesOfOtherLayersOrOfNoneOrThatAreNoNumbersAreRefusedBeforeTheyReachAKernel(String method)
            throws IOException {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> tuned =
                fit(Reviews.TASK, TuningMethod.valueOf(method), options -> options)) {
            tuned.save(saved);
        }
        Path file = saved.resolve("tuned.safetensors");
        assertThatThrownBy(() -> read(file, numbers -> Arrays.copyOf(numbers, numbers.length / 2)))
                .hasMessageContaining("[CheckpointShape]")
                .hasMessageContaining("encoder.prompt_embeddings");
        assertThatThrownBy(() -> read(file, numbers -> null))
                .hasMessageContaining("[CheckpointMissingWeight]")
                .hasMessageContaining("encoder.prompt_embeddings");
        assertThatThrownBy(() -> read(file, numbers -> {
                    numbers[3] = Float.NaN;
                    return numbers;
                }))
                .hasMessageContaining("[ModelNotFinite]");
    }

    /** Reads the prefix of that file with other numbers, or without it. */
    private void read(Path file, UnaryOperator<float[]> change) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int length;
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            String name = "encoder.prompt_embeddings";
            long[] shape = checkpoint.shape(name);
            length = (int) shape[0];
            FloatBuffer found = checkpoint.floats(name);
            float[] numbers = new float[found.remaining()];
            found.duplicate().get(numbers);
            float[] changed = change.apply(numbers);
            if (changed == null) {
                tensors.put("other", Tensor.of(numbers, shape));
            } else {
                tensors.put(name, Tensor.of(changed, new long[] {shape[0], changed.length / shape[0]}));
            }
        }
        Path other = folder.resolve("other.safetensors");
        Files.deleteIfExists(other);
        SafetensorsWriter.write(other, tensors, Map.of());
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en");
                Checkpoint checkpoint = Checkpoint.openFile(other)) {
            Map<String, String> settings = Map.of("promptLength", Integer.toString(length));
            SavedPrefix.read(model, new SavedProduct(checkpoint, Map.of(), settings, "that file", identity -> {}))
                    .close();
        }
    }

    /** Keys and values themselves: N(0, 1), as torch's embeddings are, where the reference is followed, else near zero. */
    @Test
    void directPrefixesStartFromANormalDistribution() {
        float[] reference = started("reference", Compat.REFERENCE, 7);
        assertThat(started("again", Compat.REFERENCE, 7)).containsExactly(reference);
        assertThat(started("other", Compat.REFERENCE, 8)).isNotEqualTo(reference);
        assertNormal(reference, 1);
        assertNormal(started("ours", Compat.PAPER, 7), 0.02);
    }

    /** What is saved of a direct prefix of forty places that was tuned for one step at next to no rate. */
    private float[] started(String name, Compat compat, long seed) {
        Path saved = folder.resolve(name);
        try (PromptPipeline<Review, Sentiment> tuned = fit(
                Reviews.TASK, TuningMethod.PREFIX_TUNING, options -> options.with(PrefixOptions.REPARAMETRIZED, false)
                        .with(TuningOptions.PROMPT_LENGTH, 40)
                        .withCompat(compat)
                        .withSeed(seed)
                        .withMaxSteps(1)
                        .withLearningRate(1e-12))) {
            tuned.save(saved);
        }
        try (Checkpoint tensors = Checkpoint.openFile(saved.resolve("tuned.safetensors"))) {
            assertThat(tensors.names()).containsExactly("encoder.prompt_embeddings");
            FloatBuffer stored = tensors.floats("encoder.prompt_embeddings");
            float[] numbers = new float[stored.remaining()];
            stored.get(numbers);
            return numbers;
        }
    }

    /** Mean, deviation, and how many lie within one deviation and within two, each to five standard errors. */
    private static void assertNormal(float[] numbers, double deviation) {
        assertThat(numbers.length).isGreaterThan(20_000);
        double error = 5 / Math.sqrt(numbers.length);
        double[] standard = IntStream.range(0, numbers.length)
                .mapToDouble(i -> numbers[i] / deviation)
                .toArray();
        assertThat(Arrays.stream(standard).average().orElseThrow()).isCloseTo(0, within(error));
        assertThat(Arrays.stream(standard).map(x -> x * x).average().orElseThrow())
                .isCloseTo(1, within(Math.sqrt(2) * error));
        assertThat(share(standard, 1)).isCloseTo(0.6827, within(error / 2));
        assertThat(share(standard, 2)).isCloseTo(0.9545, within(error / 2));
    }

    private static double share(double[] numbers, double within) {
        return Arrays.stream(numbers).filter(x -> Math.abs(x) < within).count() / (double) numbers.length;
    }

    /** The usual rates of this model: 0.001 of the network, 0.01 of keys and values themselves. */
    @ParameterizedTest
    @CsvSource({"true, 0, 1e-3", "false, 0, 1e-2", "true, 1e-2, 1e-2", "false, 1e-3, 1e-3"})
    void aLearningRateThatIsWrittenIsTheOneThatIsUsed(boolean reparametrized, double written, double used) {
        List<Double> rates = new ArrayList<>();
        PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.PREFIX_TUNING)
                .quiet()
                .options(options -> options.withMaxSteps(1).with(PrefixOptions.REPARAMETRIZED, reparametrized))
                .options(options -> written == 0 ? options : options.withLearningRate(written))
                .listener(new TrainingListener() {
                    @Override
                    public void onStart(TrainingStarted started) {
                        rates.add(started.options().learningRate());
                    }
                })
                .fit(Reviews.examples())
                .close();
        assertThat(rates).containsExactly(used);
    }

    @Test
    void pTuningV2ReadsMeansAndTrainsANetworkWhereItIsToldTo() {
        try (PromptPipeline<Review, Sentiment> tuned =
                fit(Reviews.TASK, TuningMethod.P_TUNING_V2, options -> options.with(
                                PrefixOptions.POOLING, dev.cloze.annotations.FineTuning.Pooling.MEAN)
                        .with(PrefixOptions.DEEP_REPARAMETRIZED, true)
                        .with(PrefixOptions.DEEP_MIDDLE_SIZE, 8)
                        .withLearningRate(0.02)
                        .withMaxSteps(60))) {
            assertThat(tuned.evaluate(Reviews.examples()).accuracy()).isGreaterThan(0.8);
            tuned.save(folder.resolve("means"));
            List<Prediction<Sentiment>> answers = tuned.predict(inputs());
            try (PromptPipeline<Review, Sentiment> loaded =
                    PromptPipeline.load(Reviews.TASK, folder.resolve("means"))) {
                assertThat(loaded.predict(inputs())).isEqualTo(answers);
            }
        }
    }

    @Test
    void theWidthOfNoNetworkIsRefused() {
        assertNoNetwork(TuningMethod.P_TUNING_V2, options -> options.with(PrefixOptions.DEEP_MIDDLE_SIZE, 1024));
        assertNoNetwork(TuningMethod.PREFIX_TUNING, options -> options.with(PrefixOptions.MIDDLE_SIZE, 1024)
                .with(PrefixOptions.REPARAMETRIZED, false));
        TaskTuning usual =
                TaskTuning.of(TuningMethod.P_TUNING_V2, "cloze-tiny-en").with("middleSize", 512);
        assertThat(usual.options().written()).containsOnlyKeys(PrefixOptions.DEEP_MIDDLE_SIZE);
        assertThatThrownBy(() -> usual.with("middleSize", 1024))
                .hasMessageContaining("[TuningOptionNotApplicable]")
                .hasMessageContaining("reparametrized is false");
    }

    private static void assertNoNetwork(TuningMethod method, UnaryOperator<TrainingOptions> change) {
        assertThatThrownBy(() -> fit(Reviews.TASK, method, change))
                .hasMessageContaining("[TrainingOptionOutOfRange]")
                .hasMessageContaining("reparametrized is false, so that there is no network to be so wide.");
    }

    private static List<Review> inputs() {
        return Reviews.examples().stream().map(Labeled::input).toList();
    }

    private static PromptPipeline<Review, Sentiment> fit(
            ClassificationTask<Review, Sentiment> task, TuningMethod method, UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(task)
                .method(method)
                .quiet()
                .options(options -> change.apply(options.withMaxSteps(3)))
                .fit(Reviews.examples());
    }

    private Path decoder() {
        return TinyModels.decoder(folder.resolve("decoder"), 64, Places.words());
    }

    private Path seq2seq() {
        return TinyModels.encoderDecoder(folder.resolve("seq2seq"), Places.words());
    }

    private Path reviewDecoder() {
        List<String> words = inputs().stream()
                .flatMap(review -> Arrays.stream(
                        review.text().toLowerCase(java.util.Locale.ROOT).split("[ .,]+")))
                .distinct()
                .toList();
        return TinyModels.decoder(folder.resolve("reviews"), 64, words);
    }
}
