package dev.cloze.runtime.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.cloze.runtime.FoundWords;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.WordSearch;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several words a label by their likelihood ratio, as PETAL searches them. */
class LikelihoodRatioTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    /** No space parts Chinese words: what stands in the texts is counted letter by letter, and stretch by stretch. */
    @Test
    void wordsOfTextsWithoutSpacesAreCounted() {
        Path chinese = Path.of("models/zh/src/main/resources/dev/cloze/models/cloze-small-zh");
        assumeTrue(Files.exists(chinese.resolve("model.safetensors")), () -> chinese + " has no weights");
        try (LanguageModel model = LanguageModel.open(chinese.toString())) {
            List<String> texts = List.of("服务很好，房间也好", "太差了，很失望", "房间很差");
            WordCandidates found = WordCandidates.mostFrequent(model.tokenizer().vocabulary(), false, texts, 6);
            assertThat(found.words()).contains("很", "好", "差", "房", "间");
        }
    }

    @Test
    void wordsAreThoseOfTheRestatement() throws IOException {
        assertFound(Reviews.TASK, "ratios");
    }

    @Test
    void whatIsSaidInTwoTemplatesAddsUp() throws IOException {
        assertFound(Reviews.builder().template("{mask}! {text}").build(), "ratios of two templates");
    }

    private static void assertFound(ClassificationTask<Review, Sentiment> task, String name) throws IOException {
        JsonObject expected = ExpectedWords.read().getAsJsonObject(name);
        FoundWords<Sentiment> found =
                PromptTrainer.of(task).quiet().searchWords(WordSearch.byLikelihoodRatio(), EXAMPLES, List.of());
        assertThat(found.choices()).hasSize(1);
        for (Sentiment label : Sentiment.values()) {
            ExpectedWords.assertSameButForTies(
                    found.best().words().getOrDefault(label, List.of()), expected.getAsJsonArray(label.name()));
        }
    }

    @Test
    void theyAnswerTheTrainingExamplesAsWellAsIsSaid() {
        FoundWords.Choice<Sentiment> best = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .searchWords(WordSearch.byLikelihoodRatio().withWordsPerLabel(3), EXAMPLES, List.of())
                .best();
        assertThat(best.words().values()).allSatisfy(words -> assertThat(words).hasSize(3));
        try (PromptPipeline<Review, Sentiment> asked = PromptPipeline.zeroShot(Reviews.TASK.withWords(best.words()))) {
            assertThat(best.trainAccuracy())
                    .isGreaterThan(0.5)
                    .isEqualTo(asked.evaluate(EXAMPLES).accuracy());
        }
    }

    @Test
    void theMostFrequentWordsOfTheTextsAreAskedAbout() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            Vocabulary vocabulary = model.tokenizer().vocabulary();
            assertThat(frequent(vocabulary, "bad good good", 1)).containsExactly("good");
            assertThat(frequent(vocabulary, "good bad bad, a a a a film bad good", 2))
                    .as("one letter is no word")
                    .containsExactly("bad", "good");
        }
    }

    private static List<String> frequent(Vocabulary vocabulary, String text, int most) {
        return WordCandidates.mostFrequent(vocabulary, true, List.of(text), most)
                .words();
    }

    /** p = (1/2, 1/4) for the one label's example, (1/4, 1/2) and (1/8, 1/2) for the other's: by hand. */
    @Test
    void theRatioIsBalancedOverTheLabels() {
        LikelihoodRatio ratios = new LikelihoodRatio(new int[] {1, 2}, 2);
        ratios.add(0, logs(0.5, 0.25));
        ratios.add(1, logs(0.25, 0.5));
        ratios.add(1, logs(0.125, 0.5));
        assertThat(ratios.score(0, 0)).isCloseTo(2 * Math.log(1.0) + Math.log(3) + Math.log(7), within(1e-6));
        assertThat(ratios.score(0, 1)).isCloseTo(2 * Math.log(1 / 3.0) - 2 * Math.log(1), within(1e-6));
        assertThat(ratios.score(1, 1)).isCloseTo(0.5 * 2 * Math.log(1) - Math.log(1 / 3.0), within(1e-6));
        assertThat(ratios.best(0, 2, 2)).containsExactly(0, 1);
        assertThat(ratios.best(1, 2, 1)).containsExactly(1);
    }

    private static float[] logs(double... probabilities) {
        float[] logs = new float[probabilities.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(probabilities[i]);
        }
        return logs;
    }
}
