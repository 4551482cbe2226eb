package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.Meals.Meal;
import dev.cloze.runtime.Meals.Slot;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NothingLeftOpen.class)
class ExtractionPipelineTest {

    private static final List<Extracted<Meal, Slot>> EXAMPLES = Meals.examples();

    @TempDir
    Path folder;

    private static ExtractionTrainer<Meal, Slot> trainer(TuningMethod method, int steps, double rate) {
        return ExtractionTrainer.of(Meals.builder().build())
                .method(method)
                .quiet()
                .options(options ->
                        options.withMaxSteps(steps).withEvaluateEvery(0).withLearningRate(rate));
    }

    @Test
    void fineTuningFindsSpansAtTheirPlaces() {
        try (ExtractionPipeline<Meal, Slot> tuned =
                trainer(TuningMethod.FINE_TUNING, 60, 1e-3).fit(EXAMPLES)) {
            SpanEvaluation<Slot> measured = tuned.evaluate(EXAMPLES);
            assertThat(measured.f1()).isGreaterThan(0.9);
            assertThat(measured.labels()).containsOnlyKeys(Slot.NAME, Slot.DISH);
            assertThat(measured.n()).isEqualTo(16);

            String text = "😀 Zizzi serves fried rice.";
            List<FoundSpan<Slot>> found = tuned.extract(new Meal(text));
            assertThat(found).extracting(FoundSpan::label).contains(Slot.DISH);
            assertThat(found).allSatisfy(one -> {
                assertThat(one.text())
                        .isEqualTo(text.substring(one.span().start(), one.span().end()));
                assertThat(one.probability()).isBetween(0.0, 1.0);
            });
            assertThat(found).extracting(FoundSpan::text).contains("fried rice");
            assertThat(tuned.extract(new Meal(" "))).isEmpty();
            assertThat(tuned.extract(List.of())).isEmpty();
        }
    }

    @Test
    void aLongTextLosesNothing() {
        TaskTuning short16 =
                TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en").with("maxLength", 16);
        ExtractionTrainer<Meal, Slot> trainer = ExtractionTrainer.of(
                        Meals.builder().tuning(short16).build())
                .quiet()
                .options(options ->
                        options.withMaxSteps(150).withEvaluateEvery(0).withLearningRate(1e-3));
        try (ExtractionPipeline<Meal, Slot> tuned = trainer.fit(twoEach())) {
            String sentence = "Alma serves fried rice. ";
            List<FoundSpan<Slot>> found = tuned.extract(new Meal(sentence.repeat(150)));
            List<Integer> dishes = found.stream()
                    .filter(one -> one.text().equals("fried rice"))
                    .map(one -> one.span().start())
                    .toList();
            assertThat(dishes).hasSizeGreaterThan(120);
            assertThat(dishes)
                    .allSatisfy(start -> assertThat(start % sentence.length()).isEqualTo(12));
            assertThat(dishes.get(dishes.size() - 1)).isGreaterThan(140 * sentence.length());
        }
    }

    /** Each sentence and the next one behind it, as they stand in a long text. */
    private static List<Extracted<Meal, Slot>> twoEach() {
        List<Extracted<Meal, Slot>> both = new ArrayList<>();
        for (int i = 0; i < EXAMPLES.size(); i++) {
            Extracted<Meal, Slot> first = EXAMPLES.get(i);
            Extracted<Meal, Slot> second = EXAMPLES.get((i + 1) % EXAMPLES.size());
            String before = first.input().text() + " ";
            List<Span<Slot>> spans = new ArrayList<>(first.spans());
            second.spans()
                    .forEach(span -> spans.add(
                            new Span<>(before.length() + span.start(), before.length() + span.end(), span.label())));
            both.add(new Extracted<>(new Meal(before + second.input().text()), spans));
        }
        return both;
    }

    @Test
    void pTuningV2LeavesTheModelAsItIsAndFindsSpans() {
        try (ExtractionPipeline<Meal, Slot> tuned =
                trainer(TuningMethod.P_TUNING_V2, 150, 2e-2).fit(EXAMPLES)) {
            assertThat(tuned.evaluate(EXAMPLES).f1()).isGreaterThan(0.8);
        }
    }

    @Test
    void askingAboutEachSpanLearnsWhichHaveALabel() {
        try (ExtractionPipeline<Meal, Slot> tuned =
                trainer(TuningMethod.PROMPT_FINE_TUNING, 150, 1e-3).fit(EXAMPLES)) {
            assertThat(tuned.evaluate(EXAMPLES).f1()).isGreaterThan(0.6);
        }
    }

    /** An enum whose constants were moved since: what was tuned has its labels by their names. */
    @Test
    void labelsAreKnownByTheirNames() {
        Path saved = folder.resolve("saved");
        List<List<FoundSpan<Slot>>> before;
        List<Meal> inputs = EXAMPLES.stream().map(Extracted::input).toList();
        try (ExtractionPipeline<Meal, Slot> tuned =
                trainer(TuningMethod.FINE_TUNING, 40, 1e-3).fit(EXAMPLES)) {
            before = tuned.extract(inputs);
            tuned.save(saved);
        }
        ExtractionTask<Meal, Slot> moved = ExtractionTask.of(Meal.class, Slot.class)
                .template("{text|spans} {span} is a {mask}")
                .placeholder("text", Meal::text)
                .label(Slot.DISH, "food")
                .label(Slot.NAME, "place")
                .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en"))
                .build();
        try (ExtractionPipeline<Meal, Slot> loaded = ExtractionPipeline.load(moved, saved)) {
            assertThat(loaded.extract(inputs)).isEqualTo(before);
        }
    }

    private record Question(String text, String span) {}

    /** What is found without training is what a classification of each run of words says, the surest first. */
    @Test
    void askingIsClassifyingEveryRunOfWords() {
        ClassificationTask<Question, String> choice = ClassificationTask.of(Question.class, String.class)
                .template("{text} {span} is a {mask}")
                .placeholder("text", Question::text)
                .placeholder("span", Question::span)
                .label("NAME", "place")
                .label("DISH", "food")
                .label("", "mistake")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        String text = "Alma serves fried rice";
        List<int[]> words = List.of(new int[] {0, 4}, new int[] {5, 11}, new int[] {12, 17}, new int[] {18, 22});
        record Said(int start, int end, String label, double probability) {}
        List<Said> said = new ArrayList<>();
        try (PromptPipeline<Question, String> single = PromptPipeline.zeroShot(choice)) {
            for (int from = 0; from < 4; from++) {
                for (int to = from; to < Math.min(4, from + 3); to++) {
                    int start = words.get(from)[0];
                    int end = words.get(to)[1];
                    Prediction<String> one = single.predict(new Question(text, text.substring(start, end)));
                    said.add(new Said(start, end, one.label(), one.probability()));
                }
            }
        }
        said.removeIf(one -> one.label().isEmpty());
        said.sort((a, b) -> Double.compare(b.probability(), a.probability()));
        List<Said> chosen = new ArrayList<>();
        for (Said one : said) {
            if (chosen.stream().noneMatch(other -> one.start() < other.end() && other.start() < one.end())) {
                chosen.add(one);
            }
        }
        chosen.sort((a, b) -> Integer.compare(a.start(), b.start()));
        ExtractionTask<Meal, Slot> task = Meals.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        try (ExtractionPipeline<Meal, Slot> untrained = ExtractionPipeline.zeroShot(task)) {
            List<FoundSpan<Slot>> found = untrained.extract(new Meal(text));
            assertThat(found).hasSize(chosen.size()).isNotEmpty();
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).span().start()).isEqualTo(chosen.get(i).start());
                assertThat(found.get(i).span().end()).isEqualTo(chosen.get(i).end());
                assertThat(found.get(i).label()).hasToString(chosen.get(i).label());
                assertThat(found.get(i).probability()).isCloseTo(chosen.get(i).probability(), within(1e-5));
            }
        }
    }

    @Test
    void aSpanLongerThanThoseAskedAboutIsRefused() {
        ExtractionTask<Meal, Slot> task =
                Meals.builder().spans(2, 1.5, "mistake").build();
        assertThatThrownBy(() -> ExtractionTrainer.of(task)
                        .method(TuningMethod.PROMPT_FINE_TUNING)
                        .quiet()
                        .fit(EXAMPLES))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("[SpanTooLong] The span \"The Golden Fork\" has 3 words");
    }

    @Test
    void examplesAreCheckedBeforeAnythingIsOpened() {
        ExtractionTrainer<Meal, Slot> trainer = trainer(TuningMethod.FINE_TUNING, 5, 1e-3);
        assertThatThrownBy(() -> trainer.fit(List.of())).hasMessageContaining("[TrainingTooFewExamples]");
        assertThatThrownBy(() -> trainer.fit(List.of(new Extracted<>(new Meal(""), List.of()))))
                .hasMessageContaining("[TrainingTooFewExamples]");
        assertThatThrownBy(() -> trainer.fit(
                        EXAMPLES, List.of(new Extracted<>(new Meal("Alma"), List.of(new Span<>(0, 3, Slot.NAME))))))
                .hasMessageContaining("[SpanWithinWord]")
                .hasMessageContaining("development example 1");
        assertThatThrownBy(() -> trainer.fit(Arrays.asList((Extracted<Meal, Slot>) null)))
                .hasMessageContaining("[InputNull]");
    }

    @Test
    void aTaskThatMarksNoTextOrTwoIsRefused() {
        ExtractionTask<Meal, Slot> none =
                Meals.asked("{text} {span} is a {mask}").build();
        assertThatThrownBy(() -> ExtractionTrainer.of(none).fit(EXAMPLES))
                .hasMessageContaining("[TemplateMissingSpan]");
        ExtractionTask<Meal, Slot> two = Meals.asked("{text|spans} {other|spans}")
                .placeholder("other", Meal::text)
                .build();
        assertThatThrownBy(() -> ExtractionTrainer.of(two).fit(EXAMPLES))
                .hasMessageContaining("[TemplateRepeatedSpans]");
        ExtractionTask<Meal, Slot> unread = Meals.asked("{gone|spans}").build();
        assertThatThrownBy(() -> ExtractionTrainer.of(unread).fit(EXAMPLES))
                .hasMessageContaining("[TemplateUnknownPlaceholder]");
        ExtractionTask<Meal, Slot> unasked =
                Meals.asked("{text|spans} It is a {mask}").build();
        assertThatThrownBy(() -> ExtractionTrainer.of(unasked)
                        .method(TuningMethod.PROMPT_FINE_TUNING)
                        .fit(EXAMPLES))
                .hasMessageContaining("[TemplateMissingSpan]")
                .hasMessageContaining("which span is asked about");
    }
}
