package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.method.Freezing;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.backbone.TokenSelection;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every method that writes texts, on every kind of model it serves: by its row in the table alone. */
class TextContractTest extends KindContract {

    private static final List<TextPair<Place>> PAIRS = Places.pairs();
    private static final List<TextPair<Place>> DEV = PAIRS.subList(0, 4);
    private static final List<Place> INPUTS = Places.inputs().subList(0, 4);

    /** A text as it is compared: two are equal where they have the same words and, to the last bit, the same probability. */
    private record Written(String text, double logProbability) {}

    @BeforeAll
    static void whatChoosesTokensStaysOpen() {
        TokenSelection.on(ComputeDevice.CPU);
    }

    static Stream<Arguments> served() {
        return rows(TaskKind.TEXT, row -> true);
    }

    static Stream<Arguments> untrained() {
        return rows(TaskKind.TEXT, MethodTraits::untrained);
    }

    static Stream<Arguments> untrainable() {
        return rows(TaskKind.TEXT, row -> !row.untrained());
    }

    static Stream<TuningMethod> notServed() {
        return methodsWithout(TaskKind.TEXT);
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
        trainer(method, kind).options(change).listener(listener).fit(PAIRS).close();
    }

    @ParameterizedTest
    @MethodSource("served")
    void whatIsStoppedGoesOnAsIfItHadNotBeen(TuningMethod method, BackboneKind kind) {
        List<Written> whole;
        try (TextPipeline<Place> tuned = trainer(method, kind).fit(PAIRS, DEV)) {
            whole = written(tuned);
        }
        UnaryOperator<TrainingOptions> resumable =
                options -> options.withCheckpointFolder(folder.resolve("checkpoints"));
        TextTrainer<Place> interrupted =
                trainer(method, kind).options(resumable).listener(stoppingAt(7));
        try (TextPipeline<Place> stopped = interrupted.fit(PAIRS, DEV)) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(written(stopped)).isNotEqualTo(whole);
        }
        try (TextPipeline<Place> resumed =
                trainer(method, kind).options(resumable).fit(PAIRS, DEV)) {
            assertThat(written(resumed)).isEqualTo(whole);
        }
    }

    /** Targets that were exchanged since would go on to other weights. */
    @ParameterizedTest
    @MethodSource("served")
    void whatIsStoppedGoesOnWithTheSameTextsAlone(TuningMethod method, BackboneKind kind) {
        if (kind != BackboneKind.DECODER) {
            return; // one kind of model shows it
        }
        UnaryOperator<TrainingOptions> resumable = options -> options.withMaxSteps(4)
                .withCheckpointFolder(folder.resolve("checkpoints"))
                .withCheckpointEvery(2);
        trainer(method, kind).options(resumable).fit(PAIRS).close();
        List<TextPair<Place>> others = new ArrayList<>(PAIRS);
        others.set(0, new TextPair<>(PAIRS.get(0).input(), "aroma is a place."));
        assertRefused(
                Problem.TRAINING_CHECKPOINT,
                () -> trainer(method, kind).options(resumable).fit(others));
    }

    @ParameterizedTest
    @MethodSource("served")
    void anArchiveGivesTheSameTextsAndTheSharedModelIsAsItWas(TuningMethod method, BackboneKind kind) {
        Path saved = folder.resolve("saved");
        try (LanguageModel shared = LanguageModel.open(model(kind, Places.words()))) {
            String before = WeightDigest.of(shared.backbone());
            List<Written> texts;
            try (TextPipeline<Place> tuned = trainer(method, kind).fit(PAIRS)) {
                tuned.save(saved);
                texts = written(tuned);
                List<CompletableFuture<List<Written>>> sixteen = IntStream.range(0, 16)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> written(tuned, INPUTS.get(i % 4))))
                        .toList();
                IntStream.range(0, 16)
                        .forEach(i -> assertThat(sixteen.get(i).join()).isEqualTo(texts.subList(i % 4, i % 4 + 1)));
            }
            DeclaredPipeline.of(task(kind)).check(saved); // what is refused without a model must not be more
            try (TextPipeline<Place> loaded = TextPipeline.load(task(kind), saved)) {
                assertThat(written(loaded)).isEqualTo(texts);
            }
            assertThat(WeightDigest.of(shared.backbone())).isEqualTo(before);
        }
        TextTask<Place> other = declared(kind).template("{name} {food} {area}").build();
        assertThatThrownBy(() -> TextPipeline.load(other, saved))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("ArchiveMismatch");
    }

    @ParameterizedTest
    @MethodSource("untrained")
    void theModelAsItIsWritesAndIsSaved(TuningMethod method, BackboneKind kind) {
        TextTask<Place> task = task(kind).withTuning(task(kind).tuning().withMethod(method));
        try (TextPipeline<Place> plain = TextPipeline.pretrained(task)) {
            plain.save(folder.resolve("plain"));
            try (TextPipeline<Place> loaded = TextPipeline.load(task, folder.resolve("plain"))) {
                assertThat(written(loaded)).isEqualTo(written(plain));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("untrainable")
    void whatHasNothingToWriteWithIsRefusedBeforeItIsTrained(TuningMethod method, BackboneKind kind) {
        TextTask<Place> task = task(kind).withTuning(task(kind).tuning().withMethod(method));
        assertThatThrownBy(() -> TextPipeline.pretrained(task))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " has nothing to write with before it is trained");
    }

    @ParameterizedTest
    @MethodSource("notServed")
    void aMethodThatDoesNotServeItSaysWhoDoes(TuningMethod method) {
        assertThatThrownBy(() -> trainer(method, BackboneKind.DECODER).fit(PAIRS))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(method + " does not serve a task that has a text written")
                .hasMessageContaining("PROMPT_FINE_TUNING, PROMPT_TUNING, P_TUNING, PREFIX_TUNING");
    }

    private static List<Written> written(TextPipeline<Place> pipeline) {
        return INPUTS.stream()
                .flatMap(input -> written(pipeline, input).stream())
                .toList();
    }

    private static List<Written> written(TextPipeline<Place> pipeline, Place input) {
        GenerationOptions brief = pipeline.options().withMaxTokens(6);
        return pipeline.generateAll(input, brief).stream()
                .map(text -> new Written(text.text(), text.logProbability()))
                .toList();
    }

    private TextTrainer<Place> trainer(TuningMethod method, @Nullable BackboneKind kind) {
        return TextTrainer.of(task(kind))
                .method(method)
                .quiet()
                .options(options -> soft(
                        method,
                        options.withMaxSteps(20)
                                .withBatchSize(8)
                                .withEvaluateEvery(10)
                                .withLearningRate(1e-3)));
    }

    /** Vectors alone are moved faster than weights. */
    private static TrainingOptions soft(TuningMethod method, TrainingOptions options) {
        Optional<MethodTraits> row = MethodTable.find(method, TaskKind.TEXT);
        TrainingOptions some = row.filter(MethodTraits::choosesPromptLength).isPresent()
                ? options.with(TuningOptions.PROMPT_LENGTH, 4)
                : options;
        return row.filter(one -> one.freezing() == Freezing.ALWAYS).isPresent() ? some.withLearningRate(0.05) : some;
    }

    private TextTask<Place> task(@Nullable BackboneKind kind) {
        return declared(kind).build();
    }

    private TextTask.Builder<Place> declared(@Nullable BackboneKind kind) {
        return Places.builder(Path.of(model(kind, Places.words())))
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model(kind, Places.words())));
    }
}
