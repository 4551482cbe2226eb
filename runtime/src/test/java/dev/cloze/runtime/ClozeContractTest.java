package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.ClozeAnswer.RankedWord;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
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

/** What must hold of every method that ranks words, on every kind of model it serves: by its row in the table alone. */
class ClozeContractTest extends KindContract {

    private static final List<Answered<Review>> EXAMPLES = Gaps.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Answered::input).toList();
    private static final List<String> WORDS =
            words(EXAMPLES.stream().map(one -> one.input().text()));

    static Stream<Arguments> served() {
        return rows(TaskKind.CLOZE, row -> true);
    }

    static Stream<Arguments> untrained() {
        return rows(TaskKind.CLOZE, MethodTraits::untrained);
    }

    static Stream<Arguments> untrainable() {
        return rows(TaskKind.CLOZE, row -> !row.untrained());
    }

    static Stream<TuningMethod> notServed() {
        return methodsWithout(TaskKind.CLOZE);
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
        List<ClozeAnswer> whole;
        try (ClozePipeline<Review> tuned = trainer(method, kind).fit(EXAMPLES, EXAMPLES)) {
            whole = tuned.predict(INPUTS);
        }
        UnaryOperator<TrainingOptions> resumable =
                options -> options.withCheckpointFolder(folder.resolve("checkpoints"));
        TrainingListener stopping = stoppingAt(7);
        ClozeTrainer<Review> interrupted =
                trainer(method, kind).options(resumable).listener(stopping);
        try (ClozePipeline<Review> stopped = interrupted.fit(EXAMPLES, EXAMPLES)) {
            assertThat(stopped.predict(INPUTS)).isNotEqualTo(whole);
        }
        assertThat(Thread.interrupted()).isTrue();
        try (ClozePipeline<Review> resumed =
                trainer(method, kind).options(resumable).fit(EXAMPLES, EXAMPLES)) {
            assertThat(resumed.predict(INPUTS)).isEqualTo(whole);
        }
    }

    /** Answers that were exchanged since, or other candidates, would go on to other weights. */
    @ParameterizedTest
    @MethodSource("served")
    void whatIsStoppedGoesOnWithTheSameAnswersAndCandidatesAlone(TuningMethod method, BackboneKind kind) {
        if (kind != BackboneKind.ENCODER) {
            return; // one kind of model shows it
        }
        UnaryOperator<TrainingOptions> resumable = options -> options.withMaxSteps(4)
                .withCheckpointFolder(folder.resolve("checkpoints"))
                .withCheckpointEvery(2);
        trainer(method, kind).options(resumable).fit(EXAMPLES).close();
        List<Answered<Review>> others = new ArrayList<>(EXAMPLES);
        others.set(0, new Answered<>(EXAMPLES.get(0).input(), "poor"));
        assertRefused(
                Problem.TRAINING_CHECKPOINT,
                () -> trainer(method, kind).options(resumable).fit(others));
        ClozeTask<Review> longer = declared(kind).candidates("fine").build();
        assertRefused(
                Problem.TRAINING_CHECKPOINT,
                () -> trainer(longer, method).options(resumable).fit(EXAMPLES));
    }

    @ParameterizedTest
    @MethodSource("served")
    void anArchiveGivesTheSameAnswersAndTheSharedModelIsAsItWas(TuningMethod method, BackboneKind kind) {
        Path saved = folder.resolve("saved");
        try (LanguageModel shared = LanguageModel.open(model(kind, WORDS))) {
            String before = WeightDigest.of(shared.backbone());
            List<ClozeAnswer> answers;
            try (ClozePipeline<Review> tuned = trainer(method, kind).fit(EXAMPLES)) {
                tuned.save(saved);
                answers = tuned.predict(INPUTS);
                assertThat(tuned.predict(INPUTS.get(3)).best())
                        .isEqualTo(answers.get(3).best());
                assertThat(tuned.predict(INPUTS.get(3)).top(1).get(0).logProbability())
                        .isCloseTo(answers.get(3).top(1).get(0).logProbability(), within(1e-4));
            }
            DeclaredPipeline.of(task(kind)).check(saved); // what is refused without a model must not be more
            try (ClozePipeline<Review> loaded = ClozePipeline.load(task(kind), saved)) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void anArchiveOfOtherCandidatesIsRefused(TuningMethod method, BackboneKind kind) {
        Path saved = folder.resolve("saved");
        try (ClozePipeline<Review> tuned = trainer(method, kind).fit(EXAMPLES)) {
            tuned.save(saved);
        }
        ClozeTask<Review> longer = declared(kind).candidates("fine").build();
        assertThatThrownBy(() -> ClozePipeline.load(longer, saved))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("ArchiveMismatch")
                .hasMessageContaining("fine: saved without it");
    }

    /** The loss is over all tokens of the model, the answer one of its words. */
    @ParameterizedTest
    @MethodSource("served")
    void anOpenVocabularyIsLearntSavedAndReadToo(TuningMethod method, BackboneKind kind) {
        ClozeTask<Review> open = Gaps.open("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.values()[0], model(kind, WORDS)))
                .build();
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = recording(losses);
        Path saved = folder.resolve("saved");
        try (ClozePipeline<Review> tuned =
                trainer(open, method).listener(listener).fit(EXAMPLES, EXAMPLES)) {
            assertThat(losses.get(19)).isLessThan(losses.get(0));
            assertThat(tuned.words()).contains("great", "terrible", "film").doesNotContain("[MASK]", "##s", ".");
            assertThat(tuned.evaluate(EXAMPLES).unanswerable()).isZero();
            List<ClozeAnswer> answers = tuned.predict(INPUTS);
            tuned.save(saved);
            try (ClozePipeline<Review> loaded = ClozePipeline.load(open, saved)) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("served")
    void sixteenThreadsGetWhatOneGets(TuningMethod method, BackboneKind kind) {
        try (ClozePipeline<Review> tuned = trainer(method, kind).fit(EXAMPLES)) {
            List<ClozeAnswer> one = tuned.predict(INPUTS);
            List<CompletableFuture<List<ClozeAnswer>>> sixteen = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> tuned.predict(INPUTS)))
                    .toList();
            sixteen.forEach(answers -> assertThat(answers.join()).isEqualTo(one));
        }
    }

    @ParameterizedTest
    @MethodSource("untrained")
    void theModelAsItIsRanksAndIsSaved(TuningMethod method, BackboneKind kind) {
        ClozeTask<Review> task = task(kind).withTuning(task(kind).tuning().withMethod(method));
        try (ClozePipeline<Review> zero = ClozePipeline.zeroShot(task)) {
            zero.save(folder.resolve("zero"));
            assertThat(zero.predict(INPUTS)).allSatisfy(answer -> {
                assertThat(answer.words()).hasSize(3);
                assertThat(answer.words().stream()
                                .mapToDouble(RankedWord::probability)
                                .sum())
                        .isCloseTo(1, within(1e-6));
            });
            try (ClozePipeline<Review> loaded = ClozePipeline.load(task, folder.resolve("zero"))) {
                assertThat(loaded.predict(INPUTS)).isEqualTo(zero.predict(INPUTS));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("untrainable")
    void whatHasNothingToAnswerWithIsRefusedBeforeItIsTrained(TuningMethod method, BackboneKind kind) {
        ClozeTask<Review> task = task(kind).withTuning(task(kind).tuning().withMethod(method));
        assertThatThrownBy(() -> ClozePipeline.zeroShot(task))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " has nothing to answer with before it is trained");
    }

    @ParameterizedTest
    @MethodSource("notServed")
    void aMethodThatDoesNotServeItSaysWhoDoes(TuningMethod method) {
        assertThatThrownBy(() -> trainer(method, BackboneKind.ENCODER).fit(EXAMPLES))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " does not serve a task that ranks words")
                .hasMessageContaining("PROMPT_FINE_TUNING, PROMPT_TUNING, P_TUNING, PREFIX_TUNING");
    }

    private ClozeTrainer<Review> trainer(TuningMethod method, @Nullable BackboneKind kind) {
        return trainer(task(kind), method);
    }

    private static ClozeTrainer<Review> trainer(ClozeTask<Review> task, TuningMethod method) {
        return ClozeTrainer.of(task)
                .method(method)
                .quiet()
                .options(options -> length(
                        method, options.withMaxSteps(20).withEvaluateEvery(10).withLearningRate(1e-3)));
    }

    private static TrainingOptions length(TuningMethod method, TrainingOptions options) {
        return MethodTable.find(method, TaskKind.CLOZE)
                        .filter(MethodTraits::choosesPromptLength)
                        .isPresent()
                ? options.with(TuningOptions.PROMPT_LENGTH, 4)
                : options;
    }

    private ClozeTask<Review> task(@Nullable BackboneKind kind) {
        return declared(kind).build();
    }

    private ClozeTask.Builder<Review> declared(@Nullable BackboneKind kind) {
        return Gaps.open("{text} It was {mask}")
                .candidates("great", "poor", "terrible")
                .tuning(TaskTuning.of(TuningMethod.values()[0], model(kind, WORDS)));
    }
}
