package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.ClozeAnswer.RankedWord;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words are ranked as transformers ranks them; the numbers are of {@code cloze_goldens.py}. */
class ClozeParityTest {

    /** Their modules depend on this one. */
    private static final String TINY_DECODER = "models/lm-tiny/src/main/resources/dev/cloze/models/cloze-lm-tiny-en";

    private static final String SMALL_T5 = "models/t5/src/main/resources/dev/cloze/models/cloze-t5-small-en";

    @TempDir
    Path folder;

    @Test
    void anEncoderFillsItsMask() throws Exception {
        assertRanksAsTransformers("encoder", "{text} It was {mask}.", "cloze-tiny-en");
    }

    @Test
    void aDecoderSaysTheNextToken() throws Exception {
        assertRanksAsTransformers("decoder", "{text} It was {mask}", TINY_DECODER);
    }

    @Test
    void aT5WritesBehindItsSentinel() throws Exception {
        assertRanksAsTransformers("t5", "{text} it was {mask}.", t5().toString());
    }

    @Test
    void aPretrainedT5WritesBehindItsSentinel() throws Exception {
        assertRanksAsTransformers("pretrained-t5", "{text} It was {mask}.", SMALL_T5);
    }

    private Path t5() throws IOException, URISyntaxException {
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(resource("/parity-t5/t5/" + file), folder.resolve(file));
        }
        Files.copy(resource("/cloze/t5/tokenizer.json"), folder.resolve("tokenizer.json"));
        return folder;
    }

    private static void assertRanksAsTransformers(String kind, String template, String model) throws Exception {
        JsonObject golden = JsonParser.parseString(Files.readString(resource("/cloze/ranked.json")))
                .getAsJsonObject()
                .getAsJsonObject(kind);
        List<String> candidates = golden.getAsJsonArray("candidates").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        try (ClozePipeline<Review> pipeline = ClozePipeline.zeroShot(Gaps.open(template)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model))
                .build())) {
            assertThat(pipeline.words()).hasSize(golden.get("words").getAsInt());
            for (JsonElement one : golden.getAsJsonArray("texts")) {
                JsonObject text = one.getAsJsonObject();
                Review input = new Review(text.get("text").getAsString());
                assertRanked(pipeline.predict(input), text.getAsJsonArray("ranked"));
                assertScored(pipeline.predict(input, candidates), candidates, text.getAsJsonArray("scores"));
            }
        }
    }

    private static void assertRanked(ClozeAnswer answer, JsonArray expected) {
        for (int i = 0; i < expected.size(); i++) {
            JsonArray word = expected.get(i).getAsJsonArray();
            RankedWord found = answer.words().get(i);
            assertThat(found.word()).isEqualTo(word.get(0).getAsString());
            assertThat(found.logProbability())
                    .as(found.word())
                    .isCloseTo(word.get(1).getAsDouble(), within(1e-4));
        }
    }

    private static void assertScored(ClozeAnswer answer, List<String> candidates, JsonArray expected) {
        for (int i = 0; i < candidates.size(); i++) {
            assertThat(answer.of(candidates.get(i)).orElseThrow().logProbability())
                    .as(candidates.get(i))
                    .isCloseTo(expected.get(i).getAsDouble(), within(1e-4));
        }
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(ClozeParityTest.class.getResource(name)).toURI());
    }
}
