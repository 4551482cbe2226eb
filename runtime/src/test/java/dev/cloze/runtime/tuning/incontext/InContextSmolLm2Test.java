package dev.cloze.runtime.tuning.incontext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.InContextOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.Prediction.WordProbability;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SmolLM2 finds label words behind demonstrations as probable as in transformers, see {@code in_context_goldens.py}. */
class InContextSmolLm2Test {

    private static final Path PROMPTS = Path.of("src/test/resources/real/in-context-prompts.json");
    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> ASKED = List.of(
            new Review("A film that I would see again."),
            new Review("Nobody should have to sit through this."),
            new Review("It was over before it began."));

    @TempDir
    Path folder;

    @Test
    void labelWordsAreAsProbableAsInTransformersBehindTheSamePrompt() throws IOException {
        ClassificationTask<Review, Sentiment> task = Reviews.asked("Review: {text} It was {mask}")
                .tuning(TaskTuning.of(
                        TuningMethod.IN_CONTEXT,
                        RealModels.folder("SmolLM2-135M-Instruct").toString()))
                .build();
        try (PromptPipeline<Review, Sentiment> pipeline = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withSeed(3).with(InContextOptions.DEMONSTRATIONS, 3))
                .fit(EXAMPLES)) {
            pipeline.save(folder.resolve("saved"));
            JsonObject prompts = prompts();
            if (System.getenv("CLOZE_REWRITE_EXPECTED") != null) {
                Files.writeString(
                        PROMPTS, new GsonBuilder().setPrettyPrinting().create().toJson(prompts) + "\n");
            }
            assertThat(prompts).isEqualTo(read(PROMPTS));
            List<Prediction<Sentiment>> predictions = pipeline.predict(ASKED);
            for (String version : List.of("4", "5")) {
                JsonArray expected = read(PROMPTS.resolveSibling("in-context-transformers-" + version + ".json"))
                        .getAsJsonArray("words");
                for (int i = 0; i < ASKED.size(); i++) {
                    assertWords(predictions.get(i), expected.get(i).getAsJsonObject());
                }
            }
        }
    }

    /** Words' probabilities among themselves are those of the whole vocabulary, renormalised. */
    private static void assertWords(Prediction<Sentiment> prediction, JsonObject expected) {
        double sum = expected.keySet().stream()
                .mapToDouble(word -> Math.exp(expected.get(word).getAsDouble()))
                .sum();
        assertThat(prediction.words()).hasSize(expected.size());
        for (WordProbability<Sentiment> word : prediction.words()) {
            double whole = expected.get(word.word()).getAsDouble();
            assertThat(Math.log(word.probability())).isCloseTo(whole - Math.log(sum), within(1e-3));
        }
    }

    /** The whole text that is read for each input, without the space before the word. */
    private JsonObject prompts() throws IOException {
        JsonObject texts = read(folder.resolve("saved/texts.json"));
        StringBuilder shown = new StringBuilder();
        for (String place :
                texts.getAsJsonArray("demonstrations.sets").get(0).getAsString().split(" ", -1)) {
            int at = Integer.parseInt(place);
            String label = texts.getAsJsonArray("demonstrations.labels").get(at).getAsString();
            shown.append("Review: ")
                    .append(texts.getAsJsonArray("demonstrations.texts of text")
                            .get(at)
                            .getAsString())
                    .append(label.equals("POSITIVE") ? " It was great\n\n" : " It was terrible\n\n");
        }
        JsonArray prompts = new JsonArray();
        ASKED.forEach(review -> prompts.add(shown + "Review: " + review.text() + " It was"));
        JsonObject all = new JsonObject();
        all.add("prompts", prompts);
        return all;
    }

    private static JsonObject read(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
