package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With three tiny models trained on a few sentences, see {@code generate_goldens.py}. */
class GenerateCommandTest {

    private static final String GPT2 = model("gpt2").toString();

    private static Path model(String name) {
        try {
            return Path.of(
                    GenerateCommandTest.class.getResource("/writers/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> goldens() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (String name : List.of("gpt2", "llama", "t5")) {
            String json = Files.readString(model(name).resolve("written.json"));
            JsonParser.parseString(json)
                    .getAsJsonObject()
                    .getAsJsonArray("texts")
                    .forEach(text -> all.add(Arguments.of(name, text.getAsJsonObject())));
        }
        return all.stream();
    }

    private static CommandRun generate(String model, JsonObject golden, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("generate", "--model", model(model).toString()));
        golden.getAsJsonArray("arguments").forEach(argument -> arguments.add(argument.getAsString()));
        arguments.addAll(List.of(more));
        arguments.add(golden.get("prompt").getAsString());
        return CommandRun.here(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void textTokensAndProbabilityAreThoseOfTransformers(String model, JsonObject golden) {
        CommandRun run = generate(model, golden, "--json");
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        JsonObject written = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(written.keySet()).containsExactly("text", "ids", "logProbability");
        assertThat(written.get("ids")).isEqualTo(golden.get("ids"));
        assertThat(written.get("text")).isEqualTo(golden.get("text"));
        assertThat(written.get("logProbability").getAsDouble())
                .isCloseTo(golden.get("logProbability").getAsDouble(), within(1e-3));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void withoutJsonItPrintsTheTextInWholeCharacters(String model, JsonObject golden) {
        CommandRun run = generate(model, golden);
        assertThat(run.code()).as(run.errors()).isZero();
        String whole = golden.get("text").getAsString().replaceAll("\uFFFD+$", "");
        assertThat(run.out()).isEqualTo(whole + System.lineSeparator());
    }

    private static CommandRun draw(int seed) {
        return CommandRun.here(
                "generate",
                "--model",
                GPT2,
                "--temperature",
                "1.5",
                "--top-k",
                "40",
                "--top-p",
                "0.95",
                "--seed",
                "" + seed,
                "--max-tokens",
                "20",
                "--json",
                "The");
    }

    @Test
    void namesOfSpecialTokensAreTextUnlessTheirTokensAreAskedFor() {
        CommandRun text = CommandRun.here("generate", "--model", GPT2, "--max-tokens", "8", "--json", "</s>The");
        assertThat(text.code()).isZero();
        assertThat(text.errors()).contains("</s> is read as plain text", "--special-tokens");
        CommandRun token = CommandRun.here(
                "generate", "--model", GPT2, "--max-tokens", "8", "--json", "--special-tokens", "</s>The");
        assertThat(token.code()).isZero();
        assertThat(token.errors()).isEmpty();
        assertThat(token.out()).isNotEqualTo(text.out());
    }

    @Test
    void theSeedDecidesWhatIsDrawn() {
        assertThat(draw(1).out()).isEqualTo(draw(1).out());
        assertThat(Stream.of(2, 3, 4).map(seed -> draw(seed).out())).anyMatch(out -> !out.equals(draw(1).out()));
    }

    @ParameterizedTest
    @CsvSource({
        "--max-tokens, 0",
        "--max-tokens, many",
        "--beams, 0",
        "--temperature, -1",
        "--top-k, -1",
        "--top-p, 1.5",
        "--seed, x"
    })
    void anOptionOutOfRangeIsAUsageError(String option, String value) {
        CommandRun run = CommandRun.here("generate", "--model", GPT2, option, value, "The");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--top-k, 3", "--top-p, 0.9", "--seed, 7"})
    void anOptionForDrawsWithoutATemperatureIsAUsageError(String option, String value) {
        CommandRun run = CommandRun.here("generate", "--model", GPT2, option, value, "The");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors())
                .contains("[GenerationOptionOutOfRange] " + option + " does nothing where --temperature is 0.");
    }

    @Test
    void beamsAndATemperatureExcludeEachOther() {
        CommandRun run = CommandRun.here("generate", "--model", GPT2, "--beams", "2", "--temperature", "1", "The");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("beams");
    }

    /** A space that stands before a text is read, by both commands. */
    @Test
    void aMaskIsFilledWithWhatIsWrittenSpacesIncluded() {
        JsonObject spaced = filled(" The river {mask}");

        assertThat(spaced.get("id")).isEqualTo(written(" The river"));
        assertThat(filled("The river {mask}").get("id")).isEqualTo(written("The river"));
        assertThat(filled("The river {mask}").get("probability")).isNotEqualTo(spaced.get("probability"));
    }

    private static JsonObject filled(String text) {
        CommandRun run = CommandRun.here("fill-mask", "--model", GPT2, "--top", "1", "--json", text);
        return JsonParser.parseString(run.out()).getAsJsonArray().get(0).getAsJsonObject();
    }

    private static JsonElement written(String text) {
        CommandRun run = CommandRun.here("generate", "--model", GPT2, "--max-tokens", "1", "--json", text);
        return JsonParser.parseString(run.out())
                .getAsJsonObject()
                .getAsJsonArray("ids")
                .get(0);
    }

    @Test
    void withoutAModelTheOneThatIsHereWrites() {
        CommandRun run = CommandRun.here("generate", "--max-tokens", "4", "--json", "the film was");
        CommandRun named = CommandRun.here(
                "generate", "--model", "cloze-lm-tiny-en", "--max-tokens", "4", "--json", "the film was");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"text\"").isEqualTo(named.out());
    }

    @Test
    void anEncoderCannotWriteAndDecodersAreNamed() {
        CommandRun run = CommandRun.here("generate", "--model", "cloze-tiny-en", "--json", "The");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors()).startsWith("[ModelUnsupported]").contains("encoder", "GPT-2", "Llama", "T5");
    }

    @Test
    void aTextLongerThanTheModelReadsIsRefused() {
        CommandRun run = CommandRun.here("generate", "--model", GPT2, "word ".repeat(200));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errors()).startsWith("[InputTooLong]");
    }

    @Test
    void aTextNearTheLastPositionEndsThere() {
        CommandRun run = CommandRun.here("generate", "--model", GPT2, "--json", "The river ".repeat(9));
        assertThat(run.code()).as(run.errors()).isZero();
        int written = JsonParser.parseString(run.out())
                .getAsJsonObject()
                .getAsJsonArray("ids")
                .size();
        assertThat(written).isBetween(0, 95);
    }

    @Test
    void anEmptyTextNeedsAModelWithATokenAroundIt() {
        assertThat(CommandRun.here("generate", "--model", GPT2, "").errors()).startsWith("[GenerationEmptyPrompt]");
        for (String name : List.of("llama", "t5")) {
            CommandRun run =
                    CommandRun.here("generate", "--model", model(name).toString(), "--max-tokens", "5", "--json", "");
            assertThat(run.code()).as(run.errors()).isZero();
        }
    }

    @Test
    void standardOutputIsTheJsonAloneAndNothingIsLogged() throws IOException, InterruptedException {
        CommandRun run = CommandRun.process(
                Map.of(),
                List.of("--enable-native-access=ALL-UNNAMED"),
                "generate",
                "--model",
                GPT2,
                "--json",
                "--max-tokens",
                "5",
                "The");
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        JsonElement written = JsonParser.parseString(run.out());
        assertThat(written.getAsJsonObject().getAsJsonArray("ids")).hasSize(5);
    }
}
