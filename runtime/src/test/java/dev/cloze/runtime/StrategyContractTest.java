package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every method that chooses labels, on every kind of model it serves: by its row in the table alone. */
class StrategyContractTest extends KindContract {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();
    private static final List<Review> UNLABELED = Patterns.unlabeled(12);
    private static final List<String> WORDS =
            words(EXAMPLES.stream().map(one -> one.input().text()));

    private static final Map<List<?>, Trained> TRAINED = new HashMap<>();

    /** Archives that several tests read. */
    @TempDir
    static Path archives;

    /** What was trained once for them. */
    private record Trained(Path archive, List<Prediction<Sentiment>> answers) {}

    @BeforeAll
    static void nothingIsTrained() {
        TRAINED.clear();
    }

    private Trained trained(TuningMethod method, @Nullable BackboneKind kind) {
        return TRAINED.computeIfAbsent(List.of(method, String.valueOf(kind)), key -> {
            Path archive = archives.resolve(UUID.randomUUID().toString());
            try (PromptPipeline<Review, Sentiment> tuned = trainer(method, kind).fit(EXAMPLES, List.of(), UNLABELED)) {
                tuned.save(archive);
                return new Trained(archive, tuned.predict(INPUTS));
            }
        });
    }

    static Stream<Arguments> served() {
        return rows(TaskKind.CLASSIFICATION, row -> true);
    }

    static Stream<Arguments> inSteps() {
        return rows(TaskKind.CLASSIFICATION, MethodTraits::inSteps);
    }

    static Stream<Arguments> atOnce() {
        return rows(TaskKind.CLASSIFICATION, row -> !row.inSteps());
    }

    static Stream<Arguments> untrainable() {
        return rows(TaskKind.CLASSIFICATION, row -> !row.untrained());
    }

    static Stream<Arguments> notServed() {
        return classifications().filter(MethodTraits::hasBackbone).flatMap(row -> Arrays.stream(BackboneKind.values())
                .filter(kind -> !row.serves(kind))
                .map(kind -> Arguments.of(row.method(), kind)));
    }

    private static Stream<MethodTraits> classifications() {
        return MethodTable.rows().stream().filter(row -> row.kind() == TaskKind.CLASSIFICATION);
    }

    @ParameterizedTest
    @MethodSource("inSteps")
    void itLearnsAndTheSameSeedLearnsTheSame(TuningMethod method, @Nullable BackboneKind kind) {
        assertLearnsTheSameBySeed(method, kind, 10);
    }

    @Override
    void train(
            TuningMethod method,
            @Nullable BackboneKind kind,
            UnaryOperator<TrainingOptions> change,
            TrainingListener listener) {
        trainer(method, kind)
                .options(change)
                .listener(listener)
                .fit(EXAMPLES, List.of(), UNLABELED)
                .close();
    }

    @ParameterizedTest
    @MethodSource("inSteps")
    void whatIsStoppedGoesOnAsIfItHadNotBeen(TuningMethod method, @Nullable BackboneKind kind) {
        List<Prediction<Sentiment>> whole;
        try (PromptPipeline<Review, Sentiment> tuned = trainer(method, kind).fit(EXAMPLES, EXAMPLES, UNLABELED)) {
            whole = tuned.predict(INPUTS);
        }
        UnaryOperator<TrainingOptions> resumable =
                options -> options.withCheckpointFolder(folder.resolve("checkpoints"));
        TrainingListener stopping = stoppingAt(7);
        try (PromptPipeline<Review, Sentiment> stopped =
                trainer(method, kind).options(resumable).listener(stopping).fit(EXAMPLES, EXAMPLES, UNLABELED)) {
            assertThat(stopped.labels()).hasSize(2);
        } catch (ClozeException e) {
            assertThat(e.problem()).as("nothing to predict with yet").isEqualTo(Problem.TRAINING_STOPPED);
        }
        assertThat(Thread.interrupted()).isTrue();
        try (PromptPipeline<Review, Sentiment> resumed =
                trainer(method, kind).options(resumable).fit(EXAMPLES, EXAMPLES, UNLABELED)) {
            assertThat(resumed.predict(INPUTS)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("inSteps")
    void theKeptWeightsAreAsAccurateAsTheScoreTheyWereChosenBySays(TuningMethod method, @Nullable BackboneKind kind) {
        List<Labeled<Review, Sentiment>> dev = EXAMPLES.subList(8, 16);
        KeptScore kept = new KeptScore();
        try (PromptPipeline<Review, Sentiment> tuned = trainer(method, kind)
                .options(options -> measuredAsAnswered(method, options.withEvaluateEvery(5)))
                .listener(kept)
                .fit(EXAMPLES.subList(0, 8), dev, UNLABELED)) {
            assertThat(kept.score()).isEqualTo(tuned.evaluate(dev).accuracy());
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("atOnce")
    void whatIsTrainedAtOnceLearnsTheSameFromTheSame(TuningMethod method, @Nullable BackboneKind kind) {
        try (PromptPipeline<Review, Sentiment> once = trainer(method, kind).fit(EXAMPLES);
                PromptPipeline<Review, Sentiment> again = trainer(method, kind).fit(EXAMPLES, EXAMPLES.subList(0, 4))) {
            if (kind
                    == null) { // a language model that reads examples without being trained may learn nothing from them
                assertThat(once.evaluate(EXAMPLES).accuracy()).isGreaterThan(0.9);
            }
            assertThat(again.predict(INPUTS)).isEqualTo(once.predict(INPUTS));
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void anArchiveGivesTheSameAnswersAndTheSharedModelIsAsItWas(TuningMethod method, @Nullable BackboneKind kind) {
        String model = kind == null ? Reviews.TASK.tuning().backbone() : model(kind, WORDS);
        try (LanguageModel shared = LanguageModel.open(model)) {
            String before = WeightDigest.of(shared.backbone());
            TRAINED.remove(List.of(method, String.valueOf(kind)));
            Trained trained = trained(method, kind);
            Path saved = trained.archive();
            DeclaredPipeline.of(task(kind)).check(saved); // what is refused without a model must not be more
            try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(task(kind), saved)) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(trained.answers());
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
    }

    /** An enum whose constants were moved since. */
    @ParameterizedTest
    @MethodSource("served")
    void anArchiveServesLabelsInAnotherOrder(TuningMethod method, @Nullable BackboneKind kind) {
        Trained trained = trained(method, kind);
        List<Prediction<Sentiment>> answers = trained.answers();
        ClassificationTask<Review, Sentiment> moved = ClassificationTask.of(Review.class, Sentiment.class)
                .template(task(kind).templates().get(0).text())
                .placeholder("text", Review::text)
                .label(Sentiment.NEGATIVE, "terrible", "bad")
                .label(Sentiment.POSITIVE, "great", "good")
                .tuning(task(kind).tuning())
                .build();
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(moved, trained.archive())) {
            assertThat(loaded.labels()).containsExactly(Sentiment.NEGATIVE, Sentiment.POSITIVE);
            List<Prediction<Sentiment>> again = loaded.predict(INPUTS);
            for (int i = 0; i < answers.size(); i++) {
                for (Sentiment label : Sentiment.values()) {
                    assertThat(again.get(i).probabilities().get(label))
                            .isCloseTo(answers.get(i).probabilities().get(label), within(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void sixteenThreadsGetWhatOneGets(TuningMethod method, @Nullable BackboneKind kind) {
        Trained trained = trained(method, kind);
        try (PromptPipeline<Review, Sentiment> tuned = PromptPipeline.load(task(kind), trained.archive())) {
            List<Prediction<Sentiment>> one = trained.answers();
            List<CompletableFuture<List<Prediction<Sentiment>>>> sixteen = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> tuned.predict(INPUTS)))
                    .toList();
            sixteen.forEach(answers -> assertThat(answers.join()).isEqualTo(one));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("notServed")
    void aModelThatItCannotServeIsRefused(TuningMethod method, @Nullable BackboneKind kind) {
        assertThatThrownBy(() -> trainer(method, kind).fit(EXAMPLES, List.of(), UNLABELED))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method.name());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("untrainable")
    void whatHasNothingToAnswerWithIsRefusedBeforeItIsTrained(TuningMethod method, @Nullable BackboneKind kind) {
        ClassificationTask<Review, Sentiment> task =
                task(kind).withTuning(task(kind).tuning().withMethod(method));
        assertThatThrownBy(() -> PromptPipeline.zeroShot(task))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " has nothing to answer with before it is trained");
    }

    /** The task is declared for another method where there is one: the trainer's choice counts. */
    private PromptTrainer<Review, Sentiment> trainer(TuningMethod method, @Nullable BackboneKind kind) {
        return PromptTrainer.of(task(kind))
                .method(method)
                .quiet()
                .options(options -> MethodTable.of(method, TaskKind.CLASSIFICATION)
                                .inSteps()
                        ? brief(
                                method,
                                options.withMaxSteps(30).withEvaluateEvery(10).withLearningRate(1e-3))
                        : options);
    }

    /** Vectors alone are moved faster than weights, and a few of them do. */
    private static TrainingOptions withPrompt(TuningMethod method, TrainingOptions options) {
        return MethodTable.of(method, TaskKind.CLASSIFICATION).choosesPromptLength()
                ? options.with(TuningOptions.PROMPT_LENGTH, 4).withLearningRate(0.05)
                : options;
    }

    /** Methods with several trainings make few and short ones. */
    private static TrainingOptions brief(TuningMethod method, TrainingOptions options) {
        List<Option<?>> own = MethodAnnotations.optionsOf(method);
        if (!own.contains(PetOptions.DISTILLATION_STEPS)) {
            return withPrompt(method, options);
        }
        TrainingOptions few = options.withMaxSteps(10)
                .withBatchSize(4)
                .withEvaluateEvery(5)
                .with(PetOptions.DISTILLATION_STEPS, 20)
                .with(PetOptions.DISTILLATION_BATCH_SIZE, 4);
        return own.contains(PetOptions.GENERATIONS)
                ? few.with(PetOptions.REPETITIONS, PetOptions.FEWEST_MODELS).with(PetOptions.GENERATIONS, 1)
                : few.with(PetOptions.REPETITIONS, 1);
    }

    private ClassificationTask<Review, Sentiment> task(@Nullable BackboneKind kind) {
        return Reviews.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.values()[0], model(kind, WORDS)))
                .build();
    }
}
