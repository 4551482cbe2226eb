package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every kind of verbalizer that trains something, with every method and kind of model that has it. */
@ExtendWith(NothingLeftOpen.class)
class VerbalizerKindsTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();
    private static final List<String> WORDS = EXAMPLES.stream()
            .flatMap(one -> Stream.of(
                    one.input().text().toLowerCase(java.util.Locale.ROOT).split("[ .,]+")))
            .distinct()
            .toList();

    @TempDir
    Path folder;

    static Stream<Arguments> kinds() {
        return MethodTable.rows().stream()
                .filter(row -> row.kind() == TaskKind.CLASSIFICATION && VerbalizerOptions.KIND.isOf(row))
                .flatMap(row -> row.backbones().stream().sorted().flatMap(backbone -> trained()
                        .map(kind -> Arguments.of(row.method(), backbone, kind))));
    }

    static Stream<VerbalizerKind> trained() {
        return Arrays.stream(VerbalizerKind.values()).filter(kind -> kind != VerbalizerKind.WORDS);
    }

    @Test
    void theyServeTheMethodsThatTrainAtTheMask() {
        assertThat(MethodTable.rows().stream()
                        .filter(VerbalizerOptions.KIND::isOf)
                        .map(row -> row.method()))
                .containsExactly(
                        TuningMethod.PROMPT_FINE_TUNING,
                        TuningMethod.LM_BFF,
                        TuningMethod.PROMPT_TUNING,
                        TuningMethod.P_TUNING,
                        TuningMethod.PREFIX_TUNING,
                        TuningMethod.MULTITASK_PROMPT_TUNING);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anArchiveGivesTheSameAnswersAlsoToLabelsInAnotherOrder(
            TuningMethod method, BackboneKind backbone, VerbalizerKind kind) {
        Path saved = folder.resolve("saved");
        try (LanguageModel shared = LanguageModel.open(model(backbone))) {
            String before = WeightDigest.of(shared.backbone());
            List<Prediction<Sentiment>> answers;
            try (PromptPipeline<Review, Sentiment> tuned = trainer(
                            method, backbone, kind, options -> options.withMaxSteps(5)
                                    .withBatchSize(4))
                    .fit(EXAMPLES)) {
                tuned.save(saved);
                answers = tuned.predict(INPUTS);
            }
            if (method
                    != TuningMethod.PREFIX_TUNING) { // a random model says the same to all texts behind some prefixes
                assertThat(answers.stream().map(Prediction::probabilities).distinct())
                        .hasSizeGreaterThan(1);
            }
            try (PromptPipeline<Review, Sentiment> loaded =
                    PromptPipeline.load(task(backbone, method).build(), saved)) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
            }
            try (PromptPipeline<Review, Sentiment> moved = PromptPipeline.load(moved(backbone, method), saved)) {
                List<Prediction<Sentiment>> again = moved.predict(INPUTS);
                for (int i = 0; i < answers.size(); i++) {
                    for (Sentiment label : Sentiment.values()) {
                        assertThat(again.get(i).probabilities().get(label))
                                .isCloseTo(answers.get(i).probabilities().get(label), within(1e-4));
                    }
                }
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("trained")
    void theSameSeedLearnsTheSameAndTheLossFalls(VerbalizerKind kind) {
        UnaryOperator<TrainingOptions> longer = options -> options.withMaxSteps(40);
        List<Double> losses = losses(kind, longer);
        assertThat(mean(losses.subList(30, 40))).isLessThan(mean(losses.subList(0, 10)));
        assertThat(losses(kind, longer)).isEqualTo(losses);
    }

    private List<Double> losses(VerbalizerKind kind, UnaryOperator<TrainingOptions> change) {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        trainer(TuningMethod.PROMPT_FINE_TUNING, BackboneKind.ENCODER, kind, change)
                .listener(listener)
                .fit(EXAMPLES)
                .close();
        return losses;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("trained")
    void whatIsStoppedGoesOnAsIfItHadNotBeen(VerbalizerKind kind) {
        for (TuningMethod method : List.of(TuningMethod.PROMPT_FINE_TUNING, TuningMethod.PREFIX_TUNING)) {
            List<Prediction<Sentiment>> whole;
            try (PromptPipeline<Review, Sentiment> tuned = trainer(
                            method, BackboneKind.ENCODER, kind, options -> options.withEvaluateEvery(3))
                    .fit(EXAMPLES, EXAMPLES)) {
                whole = tuned.predict(INPUTS);
            }
            UnaryOperator<TrainingOptions> resumable =
                    options -> options.withEvaluateEvery(3).withCheckpointFolder(folder.resolve(method.name()));
            TrainingListener stopping = new TrainingListener() {
                @Override
                public void onStep(StepEnded step) {
                    if (step.step() == 7) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
            trainer(method, BackboneKind.ENCODER, kind, resumable)
                    .listener(stopping)
                    .fit(EXAMPLES, EXAMPLES)
                    .close();
            assertThat(Thread.interrupted()).isTrue();
            try (PromptPipeline<Review, Sentiment> resumed =
                    trainer(method, BackboneKind.ENCODER, kind, resumable).fit(EXAMPLES, EXAMPLES)) {
                assertThat(resumed.predict(INPUTS)).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("trained")
    void severalTemplatesHaveAVerbalizerEach(VerbalizerKind kind) {
        ClassificationTask<Review, Sentiment> two = task(BackboneKind.ENCODER, TuningMethod.PROMPT_FINE_TUNING)
                .template("{text} All in all {mask}.")
                .build();
        Path saved = folder.resolve("saved");
        List<Prediction<Sentiment>> answers;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(two)
                .quiet()
                .options(options -> options.with(VerbalizerOptions.KIND, kind)
                        .withMaxSteps(6)
                        .withEvaluateEvery(0))
                .fit(EXAMPLES)) {
            tuned.save(saved);
            answers = tuned.predict(INPUTS);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(two, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
    }

    /** PEFT would keep the virtual tokens and lose the labels. */
    @Test
    void anAdapterOfPeftIsNotMadeOfIt() {
        try (PromptPipeline<Review, Sentiment> tuned = trainer(
                        TuningMethod.PROMPT_TUNING, BackboneKind.ENCODER, VerbalizerKind.SOFT, options -> options)
                .fit(EXAMPLES)) {
            assertThatThrownBy(() -> tuned.saveAdapter(folder.resolve("adapter")))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ADAPTER_UNSUPPORTED))
                    .hasMessageContaining("kind = SOFT");
        }
    }

    @Test
    void whatMeansNothingToAKindIsRefused() {
        ClassificationTask<Review, Sentiment> calibrated = task(BackboneKind.ENCODER, TuningMethod.PROMPT_FINE_TUNING)
                .calibration(Calibration.CONTEXTUAL)
                .build();
        assertRefused(
                calibrated,
                options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.SOFT),
                Problem.TUNING_OPTION_NOT_APPLICABLE,
                "calibration = CONTEXTUAL means nothing to kind = SOFT");
        ClassificationTask<Review, Sentiment> plain =
                task(BackboneKind.ENCODER, TuningMethod.PROMPT_FINE_TUNING).build();
        assertRefused(
                plain,
                options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.PROTOTYPES)
                        .with(VerbalizerOptions.WITH_WORDS, true),
                Problem.TUNING_OPTION_NOT_APPLICABLE,
                "withWords = true means nothing to");
        assertRefused(
                plain,
                options -> options.with(VerbalizerOptions.PROTOTYPE_SIZE, 8),
                Problem.TRAINING_OPTION_OUT_OF_RANGE,
                "it belongs to kind = PROTOTYPES, and the kind of verbalizer is WORDS");
        ClassificationTask<Review, Sentiment> several = Reviews.builder()
                .template("{text} It was {mask}")
                .label(Sentiment.POSITIVE, "unbelievably")
                .label(Sentiment.NEGATIVE, "bad")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model(BackboneKind.ENCODER)))
                .build();
        assertRefused(
                several,
                options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.KNOWLEDGEABLE),
                Problem.VERBALIZER_MULTI_TOKEN_WORD,
                "kind = KNOWLEDGEABLE weighs scores at one mask");
    }

    private static void assertRefused(
            ClassificationTask<Review, Sentiment> task,
            UnaryOperator<TrainingOptions> change,
            Problem problem,
            String message) {
        assertThatThrownBy(() -> PromptTrainer.of(task).quiet().options(change).fit(EXAMPLES))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(message);
    }

    private PromptTrainer<Review, Sentiment> trainer(
            TuningMethod method, BackboneKind backbone, VerbalizerKind kind, UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(task(backbone, method).build())
                .quiet()
                .options(options -> change.apply(withPrompt(
                        method,
                        options.with(VerbalizerOptions.KIND, kind)
                                .withMaxSteps(12)
                                .withEvaluateEvery(0)
                                .withLearningRate(1e-3))));
    }

    private static TrainingOptions withPrompt(TuningMethod method, TrainingOptions options) {
        return MethodTable.of(method, TaskKind.CLASSIFICATION).choosesPromptLength()
                ? options.with(TuningOptions.PROMPT_LENGTH, 4).withLearningRate(0.05)
                : options;
    }

    private ClassificationTask.Builder<Review, Sentiment> task(BackboneKind backbone, TuningMethod method) {
        return Reviews.asked("{text} It was {mask}").tuning(TaskTuning.of(method, model(backbone)));
    }

    private ClassificationTask<Review, Sentiment> moved(BackboneKind backbone, TuningMethod method) {
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text} It was {mask}")
                .placeholder("text", Review::text)
                .label(Sentiment.NEGATIVE, "terrible", "bad")
                .label(Sentiment.POSITIVE, "great", "good")
                .tuning(TaskTuning.of(method, model(backbone)))
                .build();
    }

    private String model(BackboneKind kind) {
        Path path = folder.resolve(kind.name());
        return switch (kind) {
            case ENCODER -> "cloze-tiny-en";
            case DECODER -> TinyModels.decoder(path, 64, WORDS).toString();
            case ENCODER_DECODER -> TinyModels.encoderDecoder(path, WORDS).toString();
        };
    }
}
