package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every method that rates on a scale, on every kind of model it serves: by its row in the table alone. */
class RegressionContractTest extends KindContract {

    private static final List<Rated<Review>> EXAMPLES = Ratings.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Rated::input).toList();
    private static final List<String> WORDS =
            words(EXAMPLES.stream().map(one -> one.input().text()));

    static Stream<Arguments> served() {
        return rows(TaskKind.REGRESSION, row -> true);
    }

    static Stream<Arguments> untrained() {
        return rows(TaskKind.REGRESSION, MethodTraits::untrained);
    }

    static Stream<Arguments> untrainable() {
        return rows(TaskKind.REGRESSION, row -> !row.untrained());
    }

    static Stream<TuningMethod> notServed() {
        return methodsWithout(TaskKind.REGRESSION);
    }

    @ParameterizedTest
    @MethodSource("served")
    void itLearnsAndTheSameSeedLearnsTheSame(TuningMethod method, BackboneKind kind) {
        assertLearnsTheSameBySeed(method, kind, 10);
    }

    @Override
    void train(
            TuningMethod method,
            @Nullable BackboneKind kind,
            UnaryOperator<TrainingOptions> change,
            TrainingListener listener) {
        trainer(method, kind).options(change).listener(listener).fit(EXAMPLES).close();
    }

    @ParameterizedTest
    @MethodSource("served")
    void whatIsStoppedGoesOnAsIfItHadNotBeen(TuningMethod method, BackboneKind kind) {
        List<Double> whole;
        try (RegressionPipeline<Review> tuned = trainer(method, kind).fit(EXAMPLES, EXAMPLES)) {
            whole = tuned.predict(INPUTS);
        }
        UnaryOperator<TrainingOptions> resumable =
                options -> options.withCheckpointFolder(folder.resolve("checkpoints"));
        TrainingListener stopping = stoppingAt(7);
        RegressionTrainer<Review> interrupted =
                trainer(method, kind).options(resumable).listener(stopping);
        try (RegressionPipeline<Review> stopped = interrupted.fit(EXAMPLES, EXAMPLES)) {
            assertThat(stopped.predict(INPUTS)).isNotEqualTo(whole);
        }
        assertThat(Thread.interrupted()).isTrue();
        try (RegressionPipeline<Review> resumed =
                trainer(method, kind).options(resumable).fit(EXAMPLES, EXAMPLES)) {
            assertThat(resumed.predict(INPUTS)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void theKeptWeightsCorrelateAsTheScoreTheyWereChosenBySays(TuningMethod method, BackboneKind kind) {
        List<Rated<Review>> dev = EXAMPLES.subList(8, 16);
        KeptScore kept = new KeptScore();
        try (RegressionPipeline<Review> tuned = trainer(method, kind)
                .options(options -> measuredAsAnswered(method, options.withEvaluateEvery(5)))
                .listener(kept)
                .fit(EXAMPLES.subList(0, 8), dev)) {
            assertThat(kept.score()).isCloseTo(tuned.evaluate(dev).pearson(), within(1e-5));
        }
    }

    /** Values that were exchanged since, or another loss, would go on to other weights. */
    @ParameterizedTest
    @MethodSource("served")
    void whatIsStoppedGoesOnWithTheSameValuesAndLossAlone(TuningMethod method, BackboneKind kind) {
        if (kind != BackboneKind.ENCODER) {
            return; // one kind of model shows it
        }
        UnaryOperator<TrainingOptions> resumable = options -> options.withMaxSteps(4)
                .withCheckpointFolder(folder.resolve("checkpoints"))
                .withCheckpointEvery(2);
        trainer(method, kind).options(resumable).fit(EXAMPLES).close();
        List<Rated<Review>> others = new ArrayList<>(EXAMPLES);
        others.set(0, new Rated<>(EXAMPLES.get(0).input(), 2.76));
        assertRefused(
                Problem.TRAINING_CHECKPOINT,
                () -> trainer(method, kind).options(resumable).fit(others));
        assertRefused(Problem.TRAINING_CHECKPOINT, () -> trainer(method, kind)
                .options(resumable)
                .options(options -> options.withCompat(Compat.REFERENCE))
                .fit(EXAMPLES));
    }

    @ParameterizedTest
    @MethodSource("served")
    void anArchiveGivesTheSameAnswersAndTheSharedModelIsAsItWas(TuningMethod method, BackboneKind kind) {
        Path saved = folder.resolve("saved");
        try (LanguageModel shared = LanguageModel.open(model(kind, WORDS))) {
            String before = WeightDigest.of(shared.backbone());
            List<Double> answers;
            try (RegressionPipeline<Review> tuned = trainer(method, kind).fit(EXAMPLES)) {
                tuned.save(saved);
                answers = tuned.predict(INPUTS);
                assertThat(tuned.predict(INPUTS.get(3))).isCloseTo(answers.get(3), within(1e-4));
            }
            DeclaredPipeline.of(task(kind)).check(saved); // what is refused without a model must not be more
            try (RegressionPipeline<Review> loaded = RegressionPipeline.load(task(kind), saved)) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void anArchiveOfAnotherScaleIsRefused(TuningMethod method, BackboneKind kind) {
        Path saved = folder.resolve("saved");
        try (RegressionPipeline<Review> tuned = trainer(method, kind).fit(EXAMPLES)) {
            tuned.save(saved);
        }
        RegressionTask<Review> longer = RegressionTask.of(Review.class)
                .template(task(kind).templates().get(0))
                .placeholder("text", Review::text)
                .scale(0, 6, "terrible", "great")
                .tuning(task(kind).tuning())
                .build();
        assertThatThrownBy(() -> RegressionPipeline.load(longer, saved))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("ArchiveMismatch")
                .hasMessageContaining("0.0 to 5.0")
                .hasMessageContaining("0.0 to 6.0");
    }

    @ParameterizedTest
    @MethodSource("served")
    void sixteenThreadsGetWhatOneGets(TuningMethod method, BackboneKind kind) {
        try (RegressionPipeline<Review> tuned = trainer(method, kind).fit(EXAMPLES)) {
            List<Double> one = tuned.predict(INPUTS);
            List<CompletableFuture<List<Double>>> sixteen = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> tuned.predict(INPUTS)))
                    .toList();
            sixteen.forEach(answers -> assertThat(answers.join()).isEqualTo(one));
        }
    }

    @ParameterizedTest
    @MethodSource("untrained")
    void theModelAsItIsAnswersOnTheScaleAndIsSaved(TuningMethod method, BackboneKind kind) {
        RegressionTask<Review> task = task(kind).withTuning(task(kind).tuning().withMethod(method));
        try (RegressionPipeline<Review> zero = RegressionPipeline.zeroShot(task)) {
            zero.save(folder.resolve("zero"));
            assertThat(zero.predict(INPUTS))
                    .allSatisfy(value -> assertThat(value).isBetween(0.0, 5.0));
            try (RegressionPipeline<Review> loaded = RegressionPipeline.load(task, folder.resolve("zero"))) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(zero.predict(INPUTS));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("untrainable")
    void whatHasNothingToAnswerWithIsRefusedBeforeItIsTrained(TuningMethod method, BackboneKind kind) {
        RegressionTask<Review> task = task(kind).withTuning(task(kind).tuning().withMethod(method));
        assertThatThrownBy(() -> RegressionPipeline.zeroShot(task))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " has nothing to answer with before it is trained");
    }

    @ParameterizedTest
    @MethodSource("notServed")
    void aMethodThatDoesNotServeItSaysWhoDoes(TuningMethod method) {
        assertThatThrownBy(() -> trainer(method, BackboneKind.ENCODER).fit(EXAMPLES))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " does not serve a task that rates on a scale")
                .hasMessageContaining("PROMPT_FINE_TUNING, LM_BFF");
    }

    private RegressionTrainer<Review> trainer(TuningMethod method, @Nullable BackboneKind kind) {
        return RegressionTrainer.of(task(kind))
                .method(method)
                .quiet()
                .options(options -> brief(
                        method, options.withMaxSteps(20).withEvaluateEvery(10).withLearningRate(1e-3)));
    }

    private static TrainingOptions brief(TuningMethod method, TrainingOptions options) {
        return MethodAnnotations.optionsOf(method).contains(LmBffOptions.SETS)
                ? options.with(LmBffOptions.SETS, 2).with(LmBffOptions.DEV_SETS, 1)
                : options;
    }

    private RegressionTask<Review> task(@Nullable BackboneKind kind) {
        return Ratings.asked("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.values()[0], model(kind, WORDS)))
                .build();
    }
}
