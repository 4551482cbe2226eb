package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What adapters and saved pipelines hold; nearest words by {@code nearest_goldens.py}. */
class InspectCommandTest {

    private static final Map<String, String> MODELS = Map.of(
            "cloze-tiny-en-prompt",
            "cloze-tiny-en",
            "gpt2-prompt",
            "gpt2",
            "llama-ptuning",
            "llama",
            "t5-prompt",
            "t5");

    @TempDir
    private Path folder;

    /** PEFT's, of the runtime's tests. */
    static String adapter(String name) {
        return Path.of("../src/test/resources/peft/pipelines").resolve(name).toString();
    }

    static String writer(String name) {
        return Path.of("src/test/resources/writers")
                .resolve(name)
                .toAbsolutePath()
                .toString();
    }

    private static String model(String adapter) {
        String name = Objects.requireNonNull(MODELS.get(adapter));
        return name.startsWith("cloze") ? name : writer(name);
    }

    static Stream<String> adapters() {
        return MODELS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void nearestWordsAreThoseOfTorch(String name) throws IOException {
        CommandRun run = CommandRun.here("inspect", "--json", "--nearest", "3", "--model", model(name), adapter(name));
        assertThat(run.code()).as(run.errors()).isZero();
        JsonObject found = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(found.keySet()).containsExactly("facts", "virtualTokens");
        JsonArray expected = JsonParser.parseString(Files.readString(Path.of("src/test/resources/nearest.json")))
                .getAsJsonObject()
                .getAsJsonArray(name);
        JsonArray tokens = found.getAsJsonArray("virtualTokens");
        assertThat(tokens).hasSameSizeAs(expected);
        for (int p = 0; p < expected.size(); p++) {
            List<JsonElement> nearest =
                    tokens.get(p).getAsJsonObject().getAsJsonArray("nearest").asList();
            assertThat(nearest).hasSize(3);
            for (int i = 0; i < 3; i++) {
                JsonObject word = nearest.get(i).getAsJsonObject();
                JsonObject other = expected.get(p).getAsJsonArray().get(i).getAsJsonObject();
                assertThat(word.get("id")).isEqualTo(other.get("id"));
                assertThat(word.get("cosine").getAsDouble())
                        .isCloseTo(other.get("cosine").getAsDouble(), within(2e-6));
                assertThat(word.get("text").getAsString()).isNotEmpty();
            }
        }
    }

    @Test
    void anAdapterIsDescribedAndItsModelFoundByItsName() {
        CommandRun run = CommandRun.here("inspect", "--nearest", "2", adapter("cloze-tiny-en-prompt"));
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(run.out().lines())
                .contains(
                        "adapter         PROMPT_TUNING for FEATURE_EXTRACTION",
                        "model           cloze-tiny-en",
                        "virtual tokens  4 of 128 numbers",
                        "size            512 numbers, 2048 bytes",
                        "nearest words of cloze-tiny-en, by cosine:");
        assertThat(run.out()
                        .lines()
                        .filter(line ->
                                line.matches("   [0-3]  length \\d\\.\\d{3}  \\S.* 0\\.\\d{3}  \\S.* 0\\.\\d{3}")))
                .hasSize(4);
    }

    @Test
    void aPrefixHasLayersAndHeadsAndNoWords() {
        CommandRun run = CommandRun.here("inspect", adapter("llama-prefix"));
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out().lines().toList())
                .containsExactly(
                        "adapter         PREFIX_TUNING for CAUSAL_LM",
                        "model           writers/llama",
                        "prefix          4 places in 2 layers of 2 heads of 8 numbers",
                        "size            256 numbers, 1024 bytes");
    }

    @Test
    void anArrayIsDescribedAndItsWordsAreThoseOfTheModelThatIsNamed() throws IOException {
        Path array = Files.write(folder.resolve("sst2.npy"), ConvertCommandTest.array(3, 32));
        CommandRun alone = CommandRun.here("inspect", array.toString());
        assertThat(alone.code()).as(alone.errors()).isZero();
        assertThat(alone.out().lines())
                .contains(
                        "model           not named",
                        "virtual tokens  3 of 32 numbers",
                        "size            96 numbers, 384 bytes");
        CommandRun named = CommandRun.here("inspect", "--nearest", "2", "--model", writer("t5"), array.toString());
        assertThat(named.code()).as(named.errors()).isZero();
        assertThat(named.out().lines().filter(line -> line.matches("   [0-2]  length .*")))
                .hasSize(3);
    }

    @Test
    void aSavedPipelineIsDescribedWithItsWords() {
        String saved = folder.resolve("saved").toString();
        CommandRun converted = CommandRun.here(
                "convert",
                "--template",
                "{text} It was {mask}.",
                "--label",
                "POSITIVE=great,good",
                "--label",
                "NEGATIVE=terrible,bad",
                adapter("cloze-tiny-en-prompt"),
                saved);
        assertThat(converted.code()).as(converted.errors()).isZero();
        CommandRun run = CommandRun.here("inspect", saved);
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out())
                .contains("pipeline        PROMPT_TUNING, saved by Cloze ")
                .contains("template        \"{text} It was {mask}.\", POSITIVE = great, good; NEGATIVE = terrible, bad")
                .contains("model           cloze-tiny-en (sha256 ")
                .contains("tensors         1: prompt_embeddings [4, 128]")
                .contains("nearest words of cloze-tiny-en, by cosine:");
    }

    @ParameterizedTest
    @CsvSource({"--nearest, -1", "--nearest, many", "--task, x"})
    void anOptionOutOfRangeIsAUsageError(String option, String value) {
        CommandRun run = CommandRun.here("inspect", option, value, adapter("gpt2-prompt"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatIsNoPromptIsRefusedByItsCode() {
        assertThat(CommandRun.here("inspect", folder.resolve("nothing").toString())
                        .errors())
                .startsWith("[ArchiveUnreadable]");
        CommandRun other = CommandRun.here("inspect", "--model", writer("gpt2"), adapter("cloze-tiny-en-prompt"));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.errors()).startsWith("[AdapterMismatch]").contains("128", "32");
    }
}
