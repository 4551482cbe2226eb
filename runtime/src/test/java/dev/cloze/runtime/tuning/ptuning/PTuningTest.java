package dev.cloze.runtime.tuning.ptuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.PTuning.Encoder;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PTuningOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Places;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WeightDigest;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What P-tuning has of its own; the rest is in the contract of all methods. */
class PTuningTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();
    private static final String SOFT = "{soft:2} {text} It {soft:\"was quite\"} {mask}.";

    @TempDir
    private Path folder;

    @AfterEach
    void noModelIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Encoder.class)
    void frozenItLeavesTheModelAsItIsAndKeepsTheVectorsAlone(Encoder encoder) {
        Path saved = folder.resolve("saved");
        List<Prediction<Sentiment>> answers;
        try (LanguageModel shared = LanguageModel.open("cloze-tiny-en")) {
            String before = WeightDigest.of(shared.backbone());
            try (PromptPipeline<Review, Sentiment> tuned =
                    tuned(SOFT, options -> frozen(options).with(PTuningOptions.ENCODER, encoder))) {
                tuned.save(saved);
                answers = tuned.predict(INPUTS);
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
            try (Checkpoint tensors = Checkpoint.openFile(saved.resolve("tuned.safetensors"))) {
                assertThat(tensors.names()).containsExactly("prompt_embeddings");
                assertThat(tensors.shape("prompt_embeddings"))
                        .containsExactly(4, shared.backbone().shape().embeddingSize());
            }
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task(SOFT), saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
        assertThatThrownBy(() -> PromptPipeline.load(task("{soft:4} {text} It was {mask}."), saved))
                .hasMessageContaining("[ArchiveMismatch]");
    }

    @Test
    void jointlyTheModelsWeightsAreTunedAndSavedToo() {
        Path saved = folder.resolve("saved");
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned = tuned(SOFT, options -> options.withMaxSteps(60))) {
            assertThat(tuned.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.9);
            tuned.save(saved);
            answers = tuned.predict(INPUTS);
        }
        try (Checkpoint tensors = Checkpoint.openFile(saved.resolve("tuned.safetensors"))) {
            assertThat(tensors.names()).contains("prompt_embeddings").hasSizeGreaterThan(10);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task(SOFT), saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
    }

    /** The first step of AdamW moves every number with a gradient by its rate, and none by more. */
    @Test
    void theModelsWeightsMoveByTheirRateAndTheVectorsByTheirs() {
        double rate = 1e-2;
        double modelRate = 1e-4;
        Map<String, float[]> start = stepped("start", options -> options.withWarmupSteps(1)); // at the rate of 0
        Map<String, float[]> moved = stepped("moved", options -> options.withLearningRate(rate)
                .with(PTuningOptions.BACKBONE_LEARNING_RATE, modelRate));
        assertThat(moved).hasSizeGreaterThan(10).containsOnlyKeys(start.keySet());
        double most = 0;
        for (Map.Entry<String, float[]> tensor : moved.entrySet()) {
            double distance = distance(tensor.getValue(), Objects.requireNonNull(start.get(tensor.getKey())));
            if (tensor.getKey().equals("prompt_embeddings")) {
                assertThat(distance).isBetween(0.99 * rate, 1.0001 * rate);
            } else {
                assertThat(distance).as(tensor.getKey()).isLessThan(1.01 * modelRate);
                most = Math.max(most, distance);
            }
        }
        assertThat(most).isGreaterThan(0.99 * modelRate);
    }

    /** What is saved of the vectors and the model that were tuned together for one step. */
    private Map<String, float[]> stepped(String name, UnaryOperator<TrainingOptions> change) {
        Path saved = folder.resolve(name);
        try (PromptPipeline<Review, Sentiment> tuned = tuned(
                SOFT,
                options -> change.apply(
                        options.withMaxSteps(1).withWeightDecay(0).with(PTuningOptions.ENCODER, Encoder.NONE)))) {
            tuned.save(saved);
        }
        Map<String, float[]> numbers = new TreeMap<>();
        try (Checkpoint tensors = Checkpoint.openFile(saved.resolve("tuned.safetensors"))) {
            for (String tensor : tensors.names()) {
                FloatBuffer stored = tensors.floats(tensor);
                float[] copy = new float[stored.remaining()];
                stored.get(copy);
                numbers.put(tensor, copy);
            }
        }
        return numbers;
    }

    private static double distance(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs((double) one[i] - other[i]))
                .max()
                .orElseThrow();
    }

    /** Before the first step the bare vectors of initial words are these words. */
    @Test
    void virtualTokensThatStartAsWordsReadAsThese() {
        UnaryOperator<TrainingOptions> still = options -> frozen(options)
                .with(PTuningOptions.ENCODER, Encoder.NONE)
                .withMaxSteps(1)
                .withWarmupSteps(1); // at the rate of 0
        try (PromptPipeline<Review, Sentiment> tuned = tuned("{text} It {soft:\"was quite\"} {mask}.", still);
                PromptPipeline<Review, Sentiment> words = PromptPipeline.zeroShot(
                        Reviews.asked("{text} It was quite {mask}.").build())) {
            for (Review input : INPUTS) {
                assertThat(tuned.predict(input).probabilities().get(Sentiment.POSITIVE))
                        .isCloseTo(
                                words.predict(input).probabilities().get(Sentiment.POSITIVE),
                                org.assertj.core.api.Assertions.within(1e-5));
            }
        }
    }

    @Test
    void promptLengthStandsBeforeTheInputWhereTheTemplateHasNoneAndNowhereElse() {
        assertThatThrownBy(() -> tuned("{text} It was {mask}.", options -> options))
                .hasMessageContaining("[TuningPromptLengthMissing]");
        assertThatThrownBy(() -> tuned(SOFT, options -> options.with(TuningOptions.PROMPT_LENGTH, 4)))
                .hasMessageContaining("[TuningOptionNotApplicable] promptLength = 4 means nothing");
        try (PromptPipeline<Review, Sentiment> tuned =
                tuned("{text} It was {mask}.", options -> frozen(options).with(TuningOptions.PROMPT_LENGTH, 3))) {
            assertThat(tuned.predict(INPUTS)).hasSize(INPUTS.size());
        }
    }

    @Test
    void aRateOfWhatStaysAsItIsAndTheWidthOfNoNetworkAreRefused() {
        assertRefused(
                options -> frozen(options).with(PTuningOptions.BACKBONE_LEARNING_RATE, 1e-5), "freezeBackbone is true");
        assertRefused(
                options -> frozen(options.with(PTuningOptions.BACKBONE_LEARNING_RATE, 1e-5)), "freezeBackbone is true");
        assertRefused(
                options -> options.with(PTuningOptions.ENCODER, Encoder.NONE).with(PTuningOptions.HIDDEN_SIZE, 300),
                "encoder is NONE");
        assertThatThrownBy(() -> TaskTuning.of(TuningMethod.P_TUNING, "cloze-tiny-en")
                        .with("freezeBackbone", true)
                        .with("backboneLearningRate", 1e-5))
                .hasMessageContaining("[TuningOptionNotApplicable]")
                .hasMessageContaining("freezeBackbone is true");
    }

    private static void assertRefused(UnaryOperator<TrainingOptions> change, String why) {
        assertThatThrownBy(() -> tuned(SOFT, change))
                .hasMessageContaining("[TrainingOptionOutOfRange]")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decoder", "encoder-decoder"})
    void aTextIsWrittenBehindVirtualTokensOfTheTemplate(String kind) {
        Path path = folder.resolve("model");
        Path model = kind.equals("decoder")
                ? TinyModels.decoder(path, 64, Places.words())
                : TinyModels.encoderDecoder(path, Places.words());
        TextTask<Places.Place> task = Places.builder(model)
                .template("{soft:2} {name} {soft} {food} {area}")
                .tuning(TaskTuning.of(TuningMethod.P_TUNING, model.toString()))
                .build();
        double before;
        try (TextPipeline<Places.Place> plain = TextPipeline.pretrained(Places.task(model))) {
            before = plain.evaluate(Places.pairs()).perplexity();
        }
        Path saved = folder.resolve("saved");
        List<String> written;
        try (TextPipeline<Places.Place> tuned = TextTrainer.of(task)
                .quiet()
                .options(options ->
                        frozen(options).withLearningRate(0.05).withMaxSteps(60).withEvaluateEvery(0))
                .fit(Places.pairs())) {
            assertThat(tuned.evaluate(Places.pairs()).perplexity()).isLessThan(0.9 * before);
            written = tuned.generate(Places.inputs());
            tuned.save(saved);
        }
        try (TextPipeline<Places.Place> loaded = TextPipeline.load(task, saved)) {
            assertThat(loaded.generate(Places.inputs())).isEqualTo(written);
        }
    }

    private static TrainingOptions frozen(TrainingOptions options) {
        return options.with(TuningOptions.FREEZE_BACKBONE, true);
    }

    private static ClassificationTask<Review, Sentiment> task(String template) {
        return Reviews.asked(template)
                .tuning(TaskTuning.of(TuningMethod.P_TUNING, "cloze-tiny-en"))
                .build();
    }

    private static PromptPipeline<Review, Sentiment> tuned(String template, UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(task(template))
                .quiet()
                .options(options -> change.apply(options.withMaxSteps(5).withEvaluateEvery(0)))
                .fit(EXAMPLES);
    }
}
