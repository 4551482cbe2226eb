package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.Prediction.WordProbability;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.classification.MaskFiller;
import dev.cloze.runtime.classification.MaskFiller.Filling;
import dev.cloze.runtime.generation.ModelWriter;
import dev.cloze.runtime.generation.TextGenerator;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SmolLM2-135M-Instruct writes and answers as it does in Hugging Face transformers 4 and 5, see {@code smollm2_goldens.py}. */
class SmolLm2Test {

    private record Review(String text) {}

    private enum Sentiment {
        POSITIVE,
        NEGATIVE
    }

    private static final List<String> GOLDENS = List.of("smollm2-transformers-4.json", "smollm2-transformers-5.json");

    private static Path folder;
    private static LanguageModel model;

    @BeforeAll
    static void open() {
        folder = RealModels.folder("SmolLM2-135M-Instruct");
        model = LanguageModel.open(folder.toString());
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void greedyTextsAreThoseOfTransformers() throws IOException {
        textsAreThoseOfTransformers("greedy", 1);
    }

    @Test
    void textsOfFourBeamsAreThoseOfTransformers() throws IOException {
        textsAreThoseOfTransformers("beams", 4);
    }

    /** All in one call, so that they are read and written in batches of unequal lengths. */
    private static void textsAreThoseOfTransformers(String search, int beams) throws IOException {
        JsonObject first = goldens(GOLDENS.get(0));
        List<int[]> prompts =
                prompts(first).stream().map(SmolLm2Test::promptIds).toList();
        GenerationOptions options = GenerationOptions.defaults()
                .withMaxTokens(first.get("tokens").getAsInt())
                .withBeams(beams);
        List<List<Generated>> found = TextGenerator.generate(
                model.textBackbone(),
                model.tokenizer(),
                model.textEnds(),
                prompts,
                Injection.NONE,
                options,
                GenerationListener.NONE);
        for (String file : GOLDENS) {
            List<JsonObject> expected = prompts(goldens(file));
            assertThat(expected).hasSameSizeAs(prompts);
            for (int i = 0; i < prompts.size(); i++) {
                check(found.get(i).get(0), expected.get(i).getAsJsonObject(search), file + ", prompt " + i);
            }
        }
    }

    private static void check(Generated text, JsonObject expected, String which) {
        assertThat(text.ids()).as(which).containsExactly(ids(expected.get("ids")));
        assertThat(text.text()).as(which).isEqualTo(expected.get("text").getAsString());
        assertThat(text.reason() == FinishReason.END)
                .as(which)
                .isEqualTo(expected.get("ended").getAsBoolean());
        assertThat(text.logProbability())
                .as(which)
                .isCloseTo(expected.get("logProbability").getAsDouble(), within(2e-3));
    }

    @Test
    void aTextIsSplitAndGoesOnAsInTransformers() throws IOException {
        JsonObject goldens = goldens(GOLDENS.get(1));
        GenerationOptions options = GenerationOptions.defaults().withMaxTokens(8);
        try (ModelWriter writer = ModelWriter.open(folder.toString())) {
            for (JsonObject each : prompts(goldens)) {
                String prompt = each.get("prompt").getAsString();
                if (prompt.contains("<|")) {
                    continue; // what is a special token there is text here
                }
                assertThat(model.tokenizer().encode(prompt, true)).as(prompt).containsExactly(promptIds(each));
                int[] all = ids(each.getAsJsonObject("greedy").get("ids"));
                assertThat(writer.write(prompt, options, GenerationListener.NONE)
                                .ids())
                        .as(prompt)
                        .containsExactly(Arrays.copyOf(all, Math.min(8, all.length)));
            }
        }
    }

    /** Whoever asks for it writes the turns of a chat by the names of its special tokens. */
    @Test
    void aChatIsAnsweredAsInTransformers() throws IOException {
        GenerationOptions options = GenerationOptions.defaults().withMaxTokens(40);
        try (ModelWriter writer = ModelWriter.open(folder.toString())) {
            for (JsonObject each : prompts(goldens(GOLDENS.get(1)))) {
                String prompt = each.get("prompt").getAsString();
                if (prompt.contains("<|")) {
                    assertThat(writer.specialTokensIn(prompt)).containsExactly("<|im_start|>", "<|im_end|>");
                    Generated answer = writer.writeMarked(prompt, options, GenerationListener.NONE);
                    check(answer, each.getAsJsonObject("greedy"), prompt);
                }
            }
        }
    }

    @Test
    void theNextTokenIsAsProbableAsInTransformers() throws IOException {
        List<JsonObject> older = prompts(goldens(GOLDENS.get(0)));
        List<JsonObject> newer = prompts(goldens(GOLDENS.get(1)));
        for (int i = 0; i < older.size(); i++) {
            int[] prompt = promptIds(older.get(i));
            TokenRow row = new TokenRow(
                    Arrays.copyOf(prompt, prompt.length + 1), new int[prompt.length + 1], new int[] {prompt.length});
            float[] logs = model.backbone().scores(List.of(row), new int[0], true)[0][0];
            checkNext(logs, older.get(i));
            checkNext(logs, newer.get(i));
        }
    }

    private static void checkNext(float[] logs, JsonObject prompt) {
        JsonObject next = prompt.getAsJsonObject("next");
        double[] expected = doubles(next.get("logProbabilities"));
        assertThat(IntStream.of(ids(next.get("ids")))
                        .mapToDouble(id -> logs[id])
                        .toArray())
                .as(prompt.get("prompt").getAsString())
                .containsExactly(expected, within(2e-4));
        assertThat(IntStream.range(0, logs.length).filter(id -> logs[id] > expected[0] + 2e-4))
                .isEmpty();
    }

    @Test
    void whatFillsTheMaskIsTheNextToken() throws IOException {
        JsonObject prompt = prompts(goldens(GOLDENS.get(1))).get(0);
        JsonObject next = prompt.getAsJsonObject("next");
        try (MaskFiller filler = MaskFiller.open(folder.toString())) {
            List<Filling> found = filler.fill(prompt.get("prompt").getAsString() + " {mask}", 10);
            assertThat(found.stream().mapToInt(Filling::id)).containsExactly(boxed(ids(next.get("ids"))));
            assertThat(found.stream()
                            .mapToDouble(filling -> Math.log(filling.probability()))
                            .toArray())
                    .containsExactly(doubles(next.get("logProbabilities")), within(2e-4));
        }
    }

    @Test
    void aClassificationAsksForTheNextTokenOfTransformers() throws IOException {
        ClassificationTask<Review, Sentiment> task = ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text} It was {mask}")
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, "great", "good")
                .label(Sentiment.NEGATIVE, "terrible", "bad")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, folder.toString()))
                .build();
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(task)) {
            for (String file : GOLDENS) {
                JsonArray reviews = goldens(file).getAsJsonArray("reviews");
                List<Review> inputs = reviews.asList().stream()
                        .map(each ->
                                new Review(each.getAsJsonObject().get("review").getAsString()))
                        .toList();
                List<Prediction<Sentiment>> found = pipeline.predict(inputs);
                for (int i = 0; i < inputs.size(); i++) {
                    check(found.get(i), reviews.get(i).getAsJsonObject());
                }
            }
        }
    }

    private static void check(Prediction<Sentiment> found, JsonObject expected) {
        List<String> order = List.of("great", "good", "terrible", "bad");
        double[] words = new double[order.size()];
        for (WordProbability<Sentiment> word : found.words()) {
            words[order.indexOf(word.word())] = word.probability();
        }
        assertThat(words).containsExactly(doubles(expected.get("words")), within(2e-5));
        assertThat(found.probabilities().values().stream()
                        .mapToDouble(each -> each)
                        .toArray())
                .containsExactly(doubles(expected.get("labels")), within(2e-5));
    }

    private static JsonObject goldens(String file) throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(SmolLm2Test.class.getResourceAsStream("/real/" + file)),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    private static List<JsonObject> prompts(JsonObject goldens) {
        return goldens.getAsJsonArray("prompts").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static int[] promptIds(JsonObject prompt) {
        return ids(prompt.get("promptIds"));
    }

    private static int[] ids(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    private static Integer[] boxed(int[] ids) {
        return IntStream.of(ids).boxed().toArray(Integer[]::new);
    }

    private static double[] doubles(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }
}
