package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Meals.Meal;
import dev.cloze.runtime.Meals.Slot;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.ExtractionTask;
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

/** What must hold of every method that labels spans of a text, on every kind of model it serves: by its row in the table alone. */
class ExtractionContractTest extends KindContract {

    private static final List<Extracted<Meal, Slot>> EXAMPLES = Meals.examples();
    private static final List<Meal> INPUTS =
            EXAMPLES.stream().map(Extracted::input).toList();
    private static final List<String> WORDS =
            words(EXAMPLES.stream().map(one -> one.input().text()));

    static Stream<Arguments> served() {
        return rows(TaskKind.EXTRACTION, row -> true);
    }

    static Stream<Arguments> untrained() {
        return rows(TaskKind.EXTRACTION, MethodTraits::untrained);
    }

    static Stream<Arguments> untrainable() {
        return rows(TaskKind.EXTRACTION, row -> !row.untrained());
    }

    static Stream<TuningMethod> notServed() {
        return methodsWithout(TaskKind.EXTRACTION);
    }

    @ParameterizedTest
    @MethodSource("served")
    void itLearnsAndTheSameSeedLearnsTheSame(TuningMethod method, BackboneKind kind) {
        assertLearnsTheSameBySeed(method, kind, 4);
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
        List<List<FoundSpan<Slot>>> whole;
        try (ExtractionPipeline<Meal, Slot> tuned = trainer(method, kind).fit(EXAMPLES, EXAMPLES)) {
            whole = tuned.extract(INPUTS);
        }
        UnaryOperator<TrainingOptions> resumable =
                options -> options.withCheckpointFolder(folder.resolve("checkpoints"));
        TrainingListener stopping = stoppingAt(7);
        ExtractionTrainer<Meal, Slot> interrupted =
                trainer(method, kind).options(resumable).listener(stopping);
        try (ExtractionPipeline<Meal, Slot> stopped = interrupted.fit(EXAMPLES, EXAMPLES)) {
            assertThat(stopped.extract(INPUTS)).isNotEqualTo(whole);
        }
        assertThat(Thread.interrupted()).isTrue();
        try (ExtractionPipeline<Meal, Slot> resumed =
                trainer(method, kind).options(resumable).fit(EXAMPLES, EXAMPLES)) {
            assertThat(resumed.extract(INPUTS)).isEqualTo(whole);
        }
    }

    /** Labels that were exchanged since would go on to other weights. */
    @ParameterizedTest
    @MethodSource("served")
    void whatIsStoppedGoesOnWithTheSameSpansAlone(TuningMethod method, BackboneKind kind) {
        if (kind != BackboneKind.ENCODER) {
            return; // one kind of model shows it
        }
        UnaryOperator<TrainingOptions> resumable = options -> options.withMaxSteps(4)
                .withCheckpointFolder(folder.resolve("checkpoints"))
                .withCheckpointEvery(2);
        trainer(method, kind).options(resumable).fit(EXAMPLES).close();
        List<Extracted<Meal, Slot>> others = new ArrayList<>(EXAMPLES);
        Span<Slot> first = EXAMPLES.get(0).spans().get(0);
        others.set(
                0,
                new Extracted<>(EXAMPLES.get(0).input(), List.of(new Span<>(first.start(), first.end(), Slot.NAME))));
        assertRefused(
                Problem.TRAINING_CHECKPOINT,
                () -> trainer(method, kind).options(resumable).fit(others));
    }

    @ParameterizedTest
    @MethodSource("served")
    void anArchiveGivesTheSameAnswersAndTheSharedModelIsAsItWas(TuningMethod method, BackboneKind kind) {
        Path saved = folder.resolve("saved");
        try (LanguageModel shared = LanguageModel.open(model(kind, WORDS))) {
            String before = WeightDigest.of(shared.backbone());
            List<List<FoundSpan<Slot>>> answers;
            try (ExtractionPipeline<Meal, Slot> tuned = trainer(method, kind).fit(EXAMPLES)) {
                tuned.save(saved);
                answers = tuned.extract(INPUTS);
                assertThat(spans(List.of(tuned.extract(INPUTS.get(3))))).isEqualTo(spans(answers.subList(3, 4)));
            }
            DeclaredPipeline.of(task(kind)).check(saved); // what is refused without a model must not be more
            try (ExtractionPipeline<Meal, Slot> loaded = ExtractionPipeline.load(task(kind), saved)) {
                assertThat(loaded.extract(INPUTS)).isEqualTo(answers);
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
    }

    private static List<List<Span<Slot>>> spans(List<List<FoundSpan<Slot>>> found) {
        return found.stream()
                .map(one -> one.stream().map(FoundSpan::span).toList())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("served")
    void anArchiveOfOtherSpansIsRefused(TuningMethod method, BackboneKind kind) {
        Path saved = folder.resolve("saved");
        try (ExtractionPipeline<Meal, Slot> tuned = trainer(method, kind).fit(EXAMPLES)) {
            tuned.save(saved);
        }
        boolean asks = MethodTable.of(method, TaskKind.EXTRACTION).readsWords();
        ExtractionTask.Builder<Meal, Slot> other = ExtractionTask.of(Meal.class, Slot.class)
                .template(task(kind).templates().get(0).text())
                .placeholder("text", Meal::text)
                .label(Slot.NAME, "place")
                .spans(4, 1.5, "mistake")
                .tuning(task(kind).tuning());
        // What asks about spans has every constant's words, but depends on how long they may be.
        ExtractionTask<Meal, Slot> unlike = (asks ? other.label(Slot.DISH, "food") : other).build();
        assertThatThrownBy(() -> ExtractionPipeline.load(unlike, saved))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("ArchiveMismatch")
                .hasMessageContaining(
                        asks ? "settings: saved with {longest=3}" : "label DISH: saved with it, now it is not there");
    }

    @ParameterizedTest
    @MethodSource("served")
    void sixteenThreadsGetWhatOneGets(TuningMethod method, BackboneKind kind) {
        try (ExtractionPipeline<Meal, Slot> tuned = trainer(method, kind).fit(EXAMPLES)) {
            List<List<FoundSpan<Slot>>> one = tuned.extract(INPUTS);
            List<CompletableFuture<List<List<FoundSpan<Slot>>>>> sixteen = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> tuned.extract(INPUTS)))
                    .toList();
            sixteen.forEach(answers -> assertThat(answers.join()).isEqualTo(one));
        }
    }

    @ParameterizedTest
    @MethodSource("untrained")
    void theModelAsItIsAnswersOnTheScaleAndIsSaved(TuningMethod method, BackboneKind kind) {
        ExtractionTask<Meal, Slot> task =
                task(kind).withTuning(task(kind).tuning().withMethod(method));
        try (ExtractionPipeline<Meal, Slot> zero = ExtractionPipeline.zeroShot(task)) {
            zero.save(folder.resolve("zero"));
            assertThat(zero.extract(INPUTS)).allSatisfy(spans -> assertThat(spans)
                    .allSatisfy(span -> assertThat(span.probability()).isBetween(1 / 3.0, 1.0)));
            try (ExtractionPipeline<Meal, Slot> loaded = ExtractionPipeline.load(task, folder.resolve("zero"))) {
                assertThat(loaded.extract(INPUTS)).isEqualTo(zero.extract(INPUTS));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("untrainable")
    void whatHasNothingToAnswerWithIsRefusedBeforeItIsTrained(TuningMethod method, BackboneKind kind) {
        ExtractionTask<Meal, Slot> task =
                task(kind).withTuning(task(kind).tuning().withMethod(method));
        assertThatThrownBy(() -> ExtractionPipeline.zeroShot(task))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " has nothing to answer with before it is trained");
    }

    @ParameterizedTest
    @MethodSource("notServed")
    void aMethodThatDoesNotServeItSaysWhoDoes(TuningMethod method) {
        assertThatThrownBy(() -> trainer(method, BackboneKind.ENCODER).fit(EXAMPLES))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " does not serve a task that labels spans of a text")
                .hasMessageContaining("PROMPT_FINE_TUNING, FINE_TUNING, P_TUNING_V2");
    }

    private ExtractionTrainer<Meal, Slot> trainer(TuningMethod method, @Nullable BackboneKind kind) {
        return ExtractionTrainer.of(task(kind)).method(method).quiet().options(options -> options.withMaxSteps(20)
                .withEvaluateEvery(10)
                .withLearningRate(1e-3));
    }

    private ExtractionTask<Meal, Slot> task(@Nullable BackboneKind kind) {
        return Meals.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model(kind, WORDS)))
                .build();
    }
}
