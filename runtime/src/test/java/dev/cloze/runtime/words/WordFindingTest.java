package dev.cloze.runtime.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.FoundScaleWords;
import dev.cloze.runtime.FoundWords;
import dev.cloze.runtime.FoundWords.Choice;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.Ratings;
import dev.cloze.runtime.RegressionTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.WordSearch;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.search.SearchedLabels;
import dev.cloze.runtime.search.WordFit;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Words found by the tiny model against {@code label_words.py} of the benchmarks, which restates LM-BFF's search. */
class WordFindingTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    @TempDir
    Path folder;

    private static ClassificationTask<Review, Sentiment> task(Compat compat) {
        return Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                        .with("compat", compat))
                .build();
    }

    @Test
    void theLikeliestWordsAreThoseOfTheRestatementByThePaperAndByItsCode() throws IOException {
        for (Compat compat : Compat.values()) {
            JsonObject expected = ExpectedWords.read().getAsJsonObject(compat.name());
            ClassificationTask<Review, Sentiment> task = task(compat);
            try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
                List<WordCandidates> likely = new WordFinding(
                                model,
                                new SearchedLabels<>(task, EXAMPLES, List.of()),
                                WordSearch.byCombination().withCandidates(40),
                                more -> {})
                        .likely();
                for (Sentiment label : Sentiment.values()) {
                    ExpectedWords.assertSameButForTies(
                            likely.get(label.ordinal()).words(),
                            expected.getAsJsonObject("likely").getAsJsonArray(label.name()));
                }
            }
        }
        assertThat(ExpectedWords.read().getAsJsonObject("PAPER").get("likely"))
                .isNotEqualTo(ExpectedWords.read().getAsJsonObject("REFERENCE").get("likely"));
    }

    @Test
    void theNearestToALabelsOwnWordAreThoseOfTheRestatement() throws IOException {
        for (Compat compat : Compat.values()) {
            JsonObject expected =
                    ExpectedWords.read().getAsJsonObject(compat.name()).getAsJsonObject("nearest");
            ClassificationTask<Review, Sentiment> task = task(compat);
            WordSearch search = WordSearch.byCombination().withCandidates(300).withNearest(20);
            try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
                List<WordCandidates> near = new WordFinding(
                                model, new SearchedLabels<>(task, EXAMPLES, List.of()), search, more -> {})
                        .likely();
                for (Sentiment label : Sentiment.values()) {
                    List<String> words = near.get(label.ordinal()).words();
                    ExpectedWords.assertSameButForTies(words, expected.getAsJsonArray(label.name()));
                }
            }
        }
    }

    @Test
    void optionsOfTheOtherKindOfSearchAreRefused() {
        assertRefused(
                () -> WordSearch.byLikelihoodRatio().withNearest(20), "WordSearch.byCombination().withNearest(20)");
        assertRefused(
                () -> WordSearch.byCombination().withVocabulary(500),
                "WordSearch.byLikelihoodRatio().withVocabulary(500)");
    }

    private static void assertRefused(ThrowingCallable search, String cure) {
        assertThatThrownBy(search)
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_OPTION_OUT_OF_RANGE))
                .hasMessageContaining(cure);
    }

    @ParameterizedTest
    @EnumSource(Compat.class)
    void theBestCombinationsAreThoseOfTheRestatement(Compat compat) throws IOException {
        JsonArray expected = ExpectedWords.read().getAsJsonObject(compat.name()).getAsJsonArray("combinations");
        FoundWords<Sentiment> found = PromptTrainer.of(task(compat))
                .searchWords(
                        WordSearch.byCombination().withCandidates(40).withKept(expected.size()), EXAMPLES, List.of());
        assertThat(found.choices()).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            Choice<Sentiment> choice = found.choices().get(i);
            JsonObject one = expected.get(i).getAsJsonObject();
            assertThat(choice.trainAccuracy()).isEqualTo(one.get("accuracy").getAsDouble());
            assertThat(choice.words().values().stream().flatMap(List::stream).toList())
                    .containsExactlyElementsOf(strings(one.getAsJsonArray("words")));
            assertThat(choice.devAccuracy()).isEmpty();
        }
    }

    @Test
    void theBestWordsOfAScaleAreThoseOfTheRestatementByThePaperAndByItsCode() throws IOException {
        List<Rated<Review>> rated = new ArrayList<>();
        EXAMPLES.forEach(example -> rated.add(new Rated<>(example.input(), 0.3 * rated.size())));
        for (Compat compat : Compat.values()) {
            JsonArray expected = ExpectedWords.read().getAsJsonObject("scale").getAsJsonArray(compat.name());
            RegressionTask<Review> task = Ratings.builder()
                    .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                            .with("compat", compat))
                    .build();
            List<FoundScaleWords.Choice> found = RegressionTrainer.of(task)
                    .quiet()
                    .searchWords(
                            WordSearch.byCombination()
                                    .withCandidates(40)
                                    .withKept(expected.size() - ExpectedWords.MORE),
                            rated,
                            List.of())
                    .choices();
            assertThat(found).hasSize(expected.size() - ExpectedWords.MORE);
            assertThat(found)
                    .extracting(choice -> choice.low() + " " + choice.high())
                    .doesNotHaveDuplicates();
            for (int i = 0; i < found.size(); i++) {
                FoundScaleWords.Choice choice = found.get(i);
                assertThat(choice.trainPearson())
                        .isCloseTo(expected.get(i).getAsJsonArray().get(2).getAsDouble(), within(1e-5))
                        .isCloseTo(pearson(expected, choice), within(1e-5));
                assertThat(choice.devPearson()).isEmpty();
            }
        }
    }

    private static double pearson(JsonArray expected, FoundScaleWords.Choice choice) {
        for (JsonElement one : expected) {
            List<String> pair = strings(one.getAsJsonArray());
            if (pair.subList(0, 2).equals(List.of(choice.low(), choice.high()))) {
                return one.getAsJsonArray().get(2).getAsDouble();
            }
        }
        throw new AssertionError(choice + " is not among " + expected);
    }

    @Test
    void whatIsFoundIsPrintedAsAnAnnotation() {
        FoundWords<Sentiment> found = PromptTrainer.of(task(Compat.PAPER))
                .quiet()
                .searchWords(WordSearch.byCombination().withCandidates(10).withKept(1), EXAMPLES, List.of());
        List<String> words =
                found.best().words().values().stream().flatMap(List::stream).toList();
        assertThat(found.source())
                .isEqualTo("@Verbalizer(labels = Reviews.Sentiment.class, value = {\n"
                        + "        @LabelWords(label = \"POSITIVE\", value = {\""
                        + words.get(0) + "\"}),\n"
                        + "        @LabelWords(label = \"NEGATIVE\", value = {\""
                        + words.get(1) + "\"})})");
    }

    @Test
    void wordsThatWereFoundAreTunedWithAndKeptInTheArchive() throws IOException {
        Map<Sentiment, List<String>> words =
                Map.of(Sentiment.NEGATIVE, List.of("awful"), Sentiment.POSITIVE, List.of("nice"));
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task(Compat.PAPER))
                .quiet()
                .words(words)
                .options(options -> options.withMaxSteps(2))
                .fit(EXAMPLES)) {
            assertThat(tuned.predict(EXAMPLES.get(0).input()).words())
                    .extracting(word -> word.word())
                    .containsExactlyInAnyOrder("nice", "awful");
            tuned.save(saved);
        }
        assertThat(Files.readString(saved.resolve("manifest.json"))).contains("\"nice\"", "\"awful\"");
        PromptPipeline.load(
                        task(Compat.PAPER)
                                .withWords(Map.of(
                                        Sentiment.POSITIVE, List.of("nice"), Sentiment.NEGATIVE, List.of("awful"))),
                        saved)
                .close();
        assertThatThrownBy(() -> PromptPipeline.load(task(Compat.PAPER), saved))
                .hasMessageContaining("label POSITIVE: saved with \"nice\"");
    }

    @Test
    void aModelThatWritesTextsAtItsSentinelIsRefused() {
        Path t5 = TinyModels.encoderDecoder(folder.resolve("t5"), List.of("film"));
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, t5.toString()))
                .build();
        assertThatThrownBy(
                        () -> PromptTrainer.of(task).searchWords(WordSearch.byLikelihoodRatio(), EXAMPLES, List.of()))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_UNSUPPORTED));
    }

    /** Each label's likeliest words in every combination, but no word for both: 2 x 2 less one. */
    @Test
    void noWordStandsForTwoLabelsAndEqualsAreRankedByTheirWords() {
        float[][][] logits = {{{2, 0}, {1, 3}}, {{0, 0}, {1, 1}}};
        List<WordCombinations.Combination> best = new WordCombinations(
                        logits, WordFit.accuracy(new int[] {0, 1}), new int[][] {{7, 8}, {9, 7}}, 10)
                .best();
        assertThat(best.stream().map(one -> Arrays.toString(one.places()) + " " + one.fit()))
                .containsExactly("[0, 0] 1.0", "[1, 0] 0.5", "[1, 1] 0.5");
        assertThat(WordCombinations.width(100, 2)).isEqualTo(100);
        assertThat(WordCombinations.width(100, 3)).isEqualTo(100);
        assertThat(WordCombinations.width(100, 6)).isEqualTo(10);
    }

    private static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        array.forEach(one -> strings.add(one.getAsString()));
        return strings;
    }
}
