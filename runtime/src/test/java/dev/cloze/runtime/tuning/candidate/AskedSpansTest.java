package dev.cloze.runtime.tuning.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Meals;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabeledSpan;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SpanAnswer;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.tuning.SpanValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedSpansTest {

    private final LanguageModel model = LanguageModel.open("cloze-tiny-en");

    @AfterEach
    void close() {
        model.close();
    }

    private CandidateReading reading(int maxLength) {
        return reading(Meals.builder(), maxLength);
    }

    private CandidateReading reading(ExtractionTask.Builder<Meals.Meal, Meals.Slot> task, int maxLength) {
        TaskTuning tuning = TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en");
        return CandidateReading.of(
                SpanTask.of(task.tuning(maxLength == 0 ? tuning : tuning.with("maxLength", maxLength))
                        .build()),
                model);
    }

    private static String words(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> word).collect(Collectors.joining(" "));
    }

    /** So that the model reads what it is asked about. */
    @ParameterizedTest
    @CsvSource({
        "{more|fixed} {text|spans} {span} is a {mask}, 80",
        "{more} {text|spans} {span} is a {mask}, 58",
        "{more} {text|spans} {span} is a {mask}, 400",
        "{more} {text|spans} {span} is a {mask}, 0"
    })
    void besideOtherTextsWhatStandsAroundTheSpanIsWhole(String template, int others) {
        CandidateReading reading = reading(Meals.asked(template).placeholder("more", meal -> meal.text()), 128);
        String text = IntStream.range(0, 120)
                .mapToObj(i -> i % 2 == 0 ? "soup" : "film")
                .collect(Collectors.joining(" "));
        AskedSpans.Questions questions =
                new AskedSpans(reading).all(List.of(Map.of("text", text, "more", words("good", others))));
        for (Map<String, String> values : questions.values()) {
            String read = Objects.requireNonNull(values.get("text"));
            assertThat(read).contains(Objects.requireNonNull(values.get("span")));
            int[] ids = reading.compiled().template().encode(values, 1).ids();
            assertThat(ids.length).isLessThanOrEqualTo(128);
            assertThat(Arrays.toString(ids))
                    .contains(Arrays.stream(model.tokenizer().encode(read, false))
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(", ")));
        }
        String middle = Objects.requireNonNull(questions.values().get(150).get("text"));
        assertThat(middle.split(" ", -1)).hasSizeGreaterThan(25);
    }

    @Test
    void everyRunOfUpToThreeWordsIsAskedAbout() {
        AskedSpans.Questions questions =
                new AskedSpans(reading(0)).all(List.of(Map.of("text", "Alma serves hot soup")));
        assertThat(questions.values())
                .extracting(values -> values.get("span"))
                .containsExactly(
                        "Alma",
                        "Alma serves",
                        "Alma serves hot",
                        "serves",
                        "serves hot",
                        "serves hot soup",
                        "hot",
                        "hot soup",
                        "soup");
        assertThat(questions.values())
                .allSatisfy(values -> assertThat(values).containsEntry("text", "Alma serves hot soup"));
    }

    @Test
    void spansWithoutALabelAreDrawnByTheSeedAndNoneIsARightOne() {
        SpanValues examples = new SpanValues(
                List.of(Map.of("text", "Alma serves hot soup"), Map.of("text", "It rains all day")),
                List.of(List.of(new LabeledSpan(0, 4, 0), new LabeledSpan(16, 20, 1)), List.of()));
        AskedSpans asked = new AskedSpans(reading(0));
        LabeledValues learned = asked.learned(examples, 7);
        // Two of the labels and three others of the first text, two of the second: 1.5 for each, rounded up.
        assertThat(learned.labels()).containsExactly(0, 1, 2, 2, 2, 2, 2);
        List<String> spans =
                learned.inputs().stream().map(values -> values.get("span")).toList();
        assertThat(spans).startsWith("Alma", "soup").doesNotHaveDuplicates();
        assertThat(asked.learned(examples, 7)).usingRecursiveComparison().isEqualTo(learned);
        assertThat(IntStream.range(8, 12)
                        .mapToObj(seed -> asked.learned(examples, seed).inputs())
                        .toList())
                .anyMatch(inputs -> !inputs.equals(learned.inputs()));
    }

    /** NAME is surest of all three words, DISH of the last alone: they can't both be. */
    @Test
    void theSurestSpanWinsOverThoseThatShareItsWords() {
        AskedSpans asked = new AskedSpans(reading(0));
        AskedSpans.Questions questions = asked.all(List.of(Map.of("text", "Alma hot soup")));
        LabelAnswer none = new LabelAnswer(new float[] {0, 0, 5}, List.of(), false);
        LabelAnswer[] answers = new LabelAnswer[6];
        Arrays.fill(answers, none);
        answers[5] = new LabelAnswer(new float[] {0, 4, 0}, List.of(), true); // soup
        answers[4] = new LabelAnswer(new float[] {0, 6, 0}, List.of(), false); // hot soup
        answers[0] = new LabelAnswer(new float[] {3, 0, 0}, List.of(), false); // Alma
        answers[1] = new LabelAnswer(new float[] {2, 0, 0}, List.of(), false); // Alma hot
        SpanAnswer answer = asked.spans(questions, List.of(answers)).get(0);
        assertThat(answer.spans())
                .extracting(one -> one.span())
                .containsExactly(new LabeledSpan(0, 4, 0), new LabeledSpan(5, 13, 1));
        assertThat(answer.spans().get(0).probability())
                .isEqualTo((double) answers[0].probabilities()[0]);
        assertThat(answer.cut()).isTrue();
    }

    @Test
    void ofALongTextThatAroundTheSpanIsRead() {
        String text = IntStream.range(0, 100).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        CandidateReading reading = reading(40);
        AskedSpans.Questions questions = new AskedSpans(reading).all(List.of(Map.of("text", text)));
        for (Map<String, String> values : questions.values()) {
            assertThat(values.get("text")).contains(values.get("span"));
            assertThat(reading.compiled().template().encode(values, 1).cut()).isFalse();
        }
        Map<String, String> middle = questions.values().get(150);
        String read = Objects.requireNonNull(middle.get("text"));
        String span = Objects.requireNonNull(middle.get("span"));
        assertThat(read).doesNotStartWith("word0 ").doesNotEndWith("word99");
        assertThat(read.length()).isGreaterThan(2 * span.length());
    }
}
