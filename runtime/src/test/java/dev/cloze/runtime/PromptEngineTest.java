package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.backbone.TokenSelection;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine answers is what each pipeline answers alone: of all methods that share a model, on every kind of model. */
class PromptEngineTest {

    private static final EngineSettings GATHERING =
            EngineSettings.defaults().withRows(1024).withGathering(Duration.ofMillis(50));

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
    @EnumSource(BackboneKind.class)
    void labelsOfMixedMethodsAreThoseOfEachPipelineAlone(BackboneKind kind) {
        ServedTasks tasks = new ServedTasks(kind, folder);
        List<PromptPipeline<Review, Sentiment>> pipelines = tasks.mixed();
        List<List<Prediction<Sentiment>>> alone =
                pipelines.stream().map(own -> own.predict(ServedTasks.INPUTS)).toList();
        try (PromptEngine engine = PromptEngine.of(GATHERING)) {
            List<ServedPipeline<Review, Sentiment>> served =
                    pipelines.stream().map(engine::add).toList();
            assertThat(OpenModels.count()).as("copies of the model").isEqualTo(1);
            List<List<CompletableFuture<Prediction<Sentiment>>>> asked = new ArrayList<>();
            served.forEach(one ->
                    asked.add(ServedTasks.INPUTS.stream().map(one::predictAsync).toList()));
            for (int i = 0; i < served.size(); i++) {
                List<Prediction<Sentiment>> together =
                        asked.get(i).stream().map(CompletableFuture::join).toList();
                assertEqual(together, alone.get(i), "pipeline " + i);
            }
            assertThat(engine.status().answered()).isEqualTo(served.size() * (long) ServedTasks.INPUTS.size());
            assertThat(engine.status().passes()).as("of 10 tasks in one batch").isLessThan(40);
            for (int i = 0; i < served.size(); i++) {
                assertEqual(served.get(i).predict(ServedTasks.INPUTS), alone.get(i), "list of pipeline " + i);
            }
        }
    }

    private static void assertEqual(
            List<Prediction<Sentiment>> together, List<Prediction<Sentiment>> alone, String which) {
        for (int i = 0; i < alone.size(); i++) {
            for (Sentiment label : Sentiment.values()) {
                assertThat(together.get(i).probabilities().get(label))
                        .as("%s, input %d", which, i)
                        .isCloseTo(alone.get(i).probabilities().get(label), within(1e-5));
            }
            assertThat(together.get(i).words().size())
                    .isEqualTo(alone.get(i).words().size());
            assertThat(together.get(i).cut()).isEqualTo(alone.get(i).cut());
        }
    }

    @ParameterizedTest
    @EnumSource(value = BackboneKind.class, names = "ENCODER", mode = EnumSource.Mode.EXCLUDE)
    void textsOfMixedMethodsAndOptionsAreThoseOfEachPipelineAlone(BackboneKind kind) {
        ServedTasks tasks = new ServedTasks(kind, folder);
        List<TextPipeline<Place>> pipelines = tasks.texts();
        List<GenerationOptions> ways = List.of(
                GenerationOptions.defaults().withMaxTokens(12),
                GenerationOptions.defaults().withMaxTokens(9).withBeams(3).withSequences(2),
                GenerationOptions.defaults()
                        .withMaxTokens(7)
                        .withTemperature(0.8)
                        .withSequences(2)
                        .withSeed(5));
        List<Place> inputs = Places.inputs().subList(0, 4);
        try (PromptEngine engine = PromptEngine.of(GATHERING)) {
            List<List<Generated>> alone = new ArrayList<>();
            for (TextPipeline<Place> pipeline : pipelines) {
                ways.forEach(way -> inputs.forEach(input -> alone.add(pipeline.generateAll(input, way))));
            }
            List<CompletableFuture<List<Generated>>> asked = new ArrayList<>();
            for (TextPipeline<Place> pipeline : pipelines) {
                ServedTextPipeline<Place> served = engine.add(pipeline);
                ways.forEach(way -> inputs.forEach(
                        input -> asked.add(served.withOptions(any -> way).generateAsync(input))));
            }
            for (int i = 0; i < asked.size(); i++) {
                assertWritten(asked.get(i).join(), alone.get(i), "text " + i);
            }
            assertThat(engine.status().passes())
                    .as("of 72 texts with up to 12 tokens")
                    .isLessThan(80);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wordsBesideLabelsAreThoseOfThePipelineAlone(BackboneKind kind) {
        ServedTasks tasks = new ServedTasks(kind, folder);
        ClozeTask.Builder<Review> asked = Gaps.open("{text} It was {mask}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING, tasks.model()).with("promptLength", 3));
        List<String> others = List.of("film", "a warm", "story");
        ClozePipeline<Review> open = ClozePipeline.zeroShot(
                asked.build().withTuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, tasks.model())));
        ClozePipeline<Review> tuned = ClozeTrainer.of(
                        asked.candidates("great", "terrible", "a film").build())
                .quiet()
                .options(options -> options.withMaxSteps(3).withBatchSize(4))
                .fit(Gaps.examples());
        List<List<ClozeAnswer>> alone = List.of(
                open.predict(ServedTasks.INPUTS),
                tuned.predict(ServedTasks.INPUTS),
                open.predict(ServedTasks.INPUTS, others),
                tuned.predict(ServedTasks.INPUTS, others));
        try (PromptEngine engine = PromptEngine.of(GATHERING)) {
            ServedPipeline<Review, Sentiment> labels = engine.add(
                    PromptPipeline.zeroShot(tasks.asked("{text} It was {mask}").build()));
            ServedClozePipeline<Review> first = engine.add(open);
            ServedClozePipeline<Review> second = engine.add(tuned);
            var label = labels.predictAsync(ServedTasks.INPUTS.get(0));
            List<List<CompletableFuture<ClozeAnswer>>> together = List.of(
                    ServedTasks.INPUTS.stream().map(first::predictAsync).toList(),
                    ServedTasks.INPUTS.stream().map(second::predictAsync).toList(),
                    ServedTasks.INPUTS.stream()
                            .map(input -> first.predictAsync(input, others))
                            .toList(),
                    ServedTasks.INPUTS.stream()
                            .map(input -> second.predictAsync(input, others))
                            .toList());
            CompletableFuture<ClozeAnswer> faulty = second.predictAsync(ServedTasks.INPUTS.get(0), List.of(" "));
            for (int way = 0; way < alone.size(); way++) {
                for (int i = 0; i < ServedTasks.INPUTS.size(); i++) {
                    assertWords(together.get(way).get(i).join(), alone.get(way).get(i));
                }
            }
            assertThatThrownBy(faulty::join).hasCauseInstanceOf(ClozeException.class);
            assertThat(label.join().label()).isNotNull();
            assertThat(first.words()).isEqualTo(open.words());
            second.replace(ClozePipeline.zeroShot(Gaps.open("{text} So {mask}")
                    .candidates("great", "terrible")
                    .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, tasks.model()))
                    .build()));
            assertThat(second.predict(ServedTasks.INPUTS).get(0).words()).hasSize(2);
        }
    }

    private static void assertWords(ClozeAnswer together, ClozeAnswer alone) {
        assertThat(together.words()).hasSameSizeAs(alone.words());
        for (int i = 0; i < alone.words().size(); i++) {
            // Words that are as probable as one another may change places.
            double expected = alone.words().get(i).logProbability();
            assertThat(together.words().get(i).logProbability())
                    .isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void numbersBesideLabelsAreThoseOfThePipelineAlone() {
        RegressionPipeline<Review> pipeline = RegressionPipeline.zeroShot(Ratings.TASK);
        RegressionPipeline<Review> other = RegressionPipeline.zeroShot(
                Ratings.asked("{text} All in all {mask}.").build());
        List<Double> alone = pipeline.predict(ServedTasks.INPUTS);
        List<Double> others = other.predict(ServedTasks.INPUTS);
        try (PromptEngine engine = PromptEngine.of(GATHERING)) {
            ServedPipeline<Review, Sentiment> labels = engine.add(PromptPipeline.zeroShot(Reviews.TASK));
            ServedRegressionPipeline<Review> numbers = engine.add(pipeline);
            CompletableFuture<Prediction<Sentiment>> label = labels.predictAsync(ServedTasks.INPUTS.get(0));
            List<CompletableFuture<Double>> asked =
                    ServedTasks.INPUTS.stream().map(numbers::predictAsync).toList();
            for (int i = 0; i < alone.size(); i++) {
                assertThat(asked.get(i).join()).isCloseTo(alone.get(i), within(1e-5));
            }
            assertThat(label.join().label()).isNotNull();
            assertThat(numbers.evaluate(Ratings.examples()).meanSquaredError()).isBetween(0.0, 25.0);
            numbers.replace(other);
            List<Double> now = numbers.predict(ServedTasks.INPUTS);
            for (int i = 0; i < now.size(); i++) {
                assertThat(now.get(i)).isCloseTo(others.get(i), within(1e-5));
            }
        }
    }

    private static void assertWritten(List<Generated> together, List<Generated> alone, String which) {
        assertThat(together).hasSameSizeAs(alone);
        for (int i = 0; i < alone.size(); i++) {
            assertThat(together.get(i).ids())
                    .as(which)
                    .containsExactly(alone.get(i).ids());
            assertThat(together.get(i).text()).isEqualTo(alone.get(i).text());
            assertThat(together.get(i).reason()).isEqualTo(alone.get(i).reason());
            assertThat(together.get(i).logProbability()).isCloseTo(alone.get(i).logProbability(), within(1e-5));
        }
    }
}
