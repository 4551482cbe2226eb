package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Meals.Meal;
import dev.cloze.runtime.Meals.Slot;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spans that an engine finds beside labels are those of each pipeline alone, whether words are tagged or asked about. */
@ExtendWith(NothingLeftOpen.class)
class PromptEngineSpansTest {

    private static final EngineSettings GATHERING =
            EngineSettings.defaults().withRows(1024).withGathering(Duration.ofMillis(50));

    private static final List<Extracted<Meal, Slot>> EXAMPLES = Meals.examples();

    private static final List<Meal> MEALS = meals();

    /** With one without a word, and one that is read in windows. */
    private static List<Meal> meals() {
        List<Meal> meals = new ArrayList<>(
                EXAMPLES.subList(0, 8).stream().map(Extracted::input).toList());
        meals.add(new Meal(" "));
        meals.add(new Meal("We had noodles at Zizzi, and soup. ".repeat(20)));
        return meals;
    }

    private static ExtractionPipeline<Meal, Slot> tagging(int length) {
        return ExtractionTrainer.of(Meals.builder().build())
                .method(TuningMethod.P_TUNING_V2)
                .quiet()
                .options(options -> options.with(TuningOptions.PROMPT_LENGTH, length)
                        .withMaxSteps(40)
                        .withEvaluateEvery(0)
                        .withLearningRate(0.03))
                .fit(EXAMPLES);
    }

    private static ExtractionPipeline<Meal, Slot> asking(String template) {
        return asking(template, "cloze-tiny-en");
    }

    private static ExtractionPipeline<Meal, Slot> asking(String template, String model) {
        ExtractionTask<Meal, Slot> task = Meals.asked(template)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model))
                .build();
        return ExtractionPipeline.zeroShot(task);
    }

    @Test
    void spansBesideLabelsAreThoseOfThePipelineAlone() {
        List<ExtractionPipeline<Meal, Slot>> pipelines =
                List.of(tagging(3), asking("{text|spans} {span} is a {mask}"), tagging(6));
        List<List<List<FoundSpan<Slot>>>> alone =
                pipelines.stream().map(own -> own.extract(MEALS)).toList();
        assertThat(alone).allSatisfy(each -> assertThat(each).anyMatch(spans -> !spans.isEmpty()));
        PromptPipeline<Review, Sentiment> heads = PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.P_TUNING_V2)
                .quiet()
                .options(options -> options.withMaxSteps(3).with(TuningOptions.PROMPT_LENGTH, 4))
                .fit(Reviews.examples());
        List<Prediction<Sentiment>> labels = heads.predict(ServedTasks.INPUTS);
        try (PromptEngine engine = PromptEngine.of(GATHERING)) {
            ServedPipeline<Review, Sentiment> moods = engine.add(heads);
            List<ServedExtractionPipeline<Meal, Slot>> served =
                    pipelines.stream().map(engine::add).toList();
            assertThat(OpenModels.count()).as("copies of the model").isEqualTo(1);
            List<CompletableFuture<Prediction<Sentiment>>> asked =
                    ServedTasks.INPUTS.stream().map(moods::predictAsync).toList();
            List<List<CompletableFuture<List<FoundSpan<Slot>>>>> spans = served.stream()
                    .map(one -> MEALS.stream().map(one::extractAsync).toList())
                    .toList();
            for (int p = 0; p < served.size(); p++) {
                assertEqual(spans.get(p).stream().map(CompletableFuture::join).toList(), alone.get(p));
            }
            for (int i = 0; i < labels.size(); i++) {
                assertThat(asked.get(i).join().probabilities().get(Sentiment.POSITIVE))
                        .isCloseTo(labels.get(i).probabilities().get(Sentiment.POSITIVE), within(1e-5));
            }
            assertThat(engine.status().passes())
                    .as("of four tasks, of which three ask a head")
                    .isLessThan(16);
            for (int p = 0; p < served.size(); p++) {
                assertEqual(served.get(p).extract(MEALS), alone.get(p));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onEveryKindOfModelSpansAreAskedAboutAsAlone(BackboneKind kind, @TempDir Path folder) {
        String model = ServedTasks.model(kind, folder);
        List<Meal> meals = MEALS.subList(0, 4);
        ExtractionPipeline<Meal, Slot> one = asking("{text|spans} {span} is a {mask}", model);
        ExtractionPipeline<Meal, Slot> other = asking("{text|spans} {span} names a {mask}", model);
        List<List<FoundSpan<Slot>>> alone = one.extract(meals);
        List<List<FoundSpan<Slot>>> others = other.extract(meals);
        try (PromptEngine engine = PromptEngine.of(GATHERING)) {
            ServedExtractionPipeline<Meal, Slot> first = engine.add(one);
            ServedExtractionPipeline<Meal, Slot> second = engine.add(other);
            List<CompletableFuture<List<FoundSpan<Slot>>>> asked =
                    meals.stream().map(first::extractAsync).toList();
            assertEqual(second.extract(meals), others);
            assertEqual(asked.stream().map(CompletableFuture::join).toList(), alone);
        }
    }

    @Test
    void anotherPipelineTakesItsPlace() {
        ExtractionPipeline<Meal, Slot> other = tagging(4);
        List<List<FoundSpan<Slot>>> alone = other.extract(MEALS);
        try (PromptEngine engine = PromptEngine.of(GATHERING)) {
            ServedExtractionPipeline<Meal, Slot> served = engine.add(asking("{text|spans} {span} names a {mask}"));
            assertThat(served.extract(MEALS.get(8))).isEmpty();
            served.replace(other);
            assertEqual(served.extract(MEALS), alone);
            assertThat(served.evaluate(EXAMPLES).n()).isEqualTo(EXAMPLES.size());
        }
    }

    /** One input of spans that are asked about is as much work as many texts. */
    @Test
    void eachQuestionIsARow() {
        try (PromptEngine engine = PromptEngine.of(EngineSettings.defaults().withRows(4))) {
            ServedExtractionPipeline<Meal, Slot> served = engine.add(asking("{text|spans} {span} is a {mask}"));
            List<CompletableFuture<List<FoundSpan<Slot>>>> asked = IntStream.range(0, 6)
                    .mapToObj(i -> served.extractAsync(MEALS.get(i)))
                    .toList();
            asked.forEach(CompletableFuture::join);
            assertThat(engine.status().passes()).as("none of two inputs").isGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void weightsOfItsOwnAreRefusedAndStayTheCallers() {
        try (ExtractionPipeline<Meal, Slot> tuned = ExtractionTrainer.of(
                                Meals.builder().build())
                        .quiet()
                        .options(options -> options.withMaxSteps(1))
                        .fit(EXAMPLES);
                PromptEngine engine = PromptEngine.open()) {
            assertThatThrownBy(() -> engine.add(tuned))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.SERVING_BACKBONE));
            assertThat(tuned.extract(MEALS)).hasSameSizeAs(MEALS);
        }
    }

    private static void assertEqual(List<List<FoundSpan<Slot>>> together, List<List<FoundSpan<Slot>>> alone) {
        assertThat(together).hasSameSizeAs(alone);
        for (int i = 0; i < alone.size(); i++) {
            List<FoundSpan<Slot>> found = together.get(i);
            assertThat(found).hasSameSizeAs(alone.get(i));
            for (int s = 0; s < found.size(); s++) {
                assertThat(found.get(s).span()).isEqualTo(alone.get(i).get(s).span());
                assertThat(found.get(s).text()).isEqualTo(alone.get(i).get(s).text());
                assertThat(found.get(s).probability())
                        .isCloseTo(alone.get(i).get(s).probability(), within(1e-5));
            }
        }
    }
}
