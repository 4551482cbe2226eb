package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FillMaskCommandTest {

    private static final String PARIS = "Paris is the capital of {mask}.";

    /** Where the model does not matter, the one that opens fastest. */
    private static CommandRun quick(String... arguments) {
        return CommandRun.here(Stream.concat(Stream.of("fill-mask", "--model", "cloze-tiny-en"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    static Stream<JsonObject> goldens() throws IOException, URISyntaxException {
        Path file =
                Path.of(FillMaskCommandTest.class.getResource("/fill-mask.json").toURI());
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        return json.getAsJsonArray("texts").asList().stream().map(JsonElement::getAsJsonObject);
    }

    /** By {@code fill_mask_goldens.py}, with the same model folder. */
    @ParameterizedTest
    @MethodSource("goldens")
    void tokensAndProbabilitiesAreThoseOfTransformers(JsonObject golden) {
        JsonArray expected = golden.getAsJsonArray("tokens");
        CommandRun run = CommandRun.here(
                "fill-mask",
                "--json",
                "--model",
                golden.get("model").getAsString(),
                "--top",
                "" + expected.size(),
                golden.get("text").getAsString());
        assertThat(run.code()).as(run.errors()).isZero();
        JsonArray found = JsonParser.parseString(run.out()).getAsJsonArray();
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            JsonObject one = found.get(i).getAsJsonObject();
            JsonObject other = expected.get(i).getAsJsonObject();
            assertThat(one.keySet()).containsExactly("token", "text", "id", "probability");
            assertThat(one.get("token")).isEqualTo(other.get("token"));
            assertThat(one.get("text")).isEqualTo(other.get("token"));
            assertThat(one.get("id")).isEqualTo(other.get("id"));
            assertThat(one.get("probability").getAsDouble())
                    .isCloseTo(other.get("probability").getAsDouble(), within(1e-4));
        }
    }

    @Test
    void theWholeVocabularyAddsUpToOne() {
        CommandRun run = quick("--json", "--top", "12000", PARIS);
        JsonArray all = JsonParser.parseString(run.out()).getAsJsonArray();
        double sum = all.asList().stream()
                .mapToDouble(one -> one.getAsJsonObject().get("probability").getAsDouble())
                .sum();
        assertThat(all).hasSize(12_000);
        assertThat(sum).isCloseTo(1, within(1e-4));
    }

    @Test
    void withoutJsonItPrintsALineAToken() {
        CommandRun run = quick("--top", "3", PARIS);
        assertThat(run.code()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.matches("0\\.\\d{4}  \\S+ *  \\d+"));
    }

    @ParameterizedTest
    @CsvSource({
        "no mask here, TemplateMissingMask",
        "{mask} and {mask}, TemplateRepeatedMask",
        "{title} was {mask}, TemplateUnknownPlaceholder",
        "{soft:3} was {mask}, TemplateSoftTokensWithHardMethod",
        "an open { and {mask}, TemplateSyntax"
    })
    void aTextThatIsNoTemplateWithOneMaskIsRefusedByItsCode(String text, String code) {
        CommandRun run = quick("--json", text);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors()).startsWith("[" + code + "]");
    }

    @Test
    void aMaskAsAModelWritesItIsToldWithTheTextToWrite() {
        assertThat(quick("Paris is the capital of [MASK].").errors())
                .startsWith("[TemplateMissingMask] The text has no {mask}, so no word of it is missing.")
                .contains("\"[MASK]\" is plain text: write \"Paris is the capital of {mask}.\"")
                .doesNotContain("label word");
        assertThat(quick("Paris is nice.").errors()).contains("\"Paris is the capital of {mask}.\"");
        assertThat(quick("{city} is in {mask}.").errors())
                .startsWith("[TemplateUnknownPlaceholder] {city} at column 1 of the text stands for nothing")
                .contains("{{city}}");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBeWrittenIsAFailure() throws IOException, InterruptedException {
        CommandRun run = CommandRun.program(
                Map.of("CLASSPATH", CommandRun.classPath()),
                List.of(
                        "sh",
                        "-c",
                        "\"$0\" dev.cloze.cli.Main --version > /dev/full",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errors()).startsWith("[DiskWrite] Standard output could not be written: No space left");
    }

    @Test
    void aTextLongerThanTheModelReadsIsRefused() {
        CommandRun run = quick("word ".repeat(20_000) + "{mask}");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errors()).startsWith("[TemplateTooLong]");
    }

    @Test
    void aDecoderFillsTheEndOfATextWithWhatItWouldWrite() throws URISyntaxException {
        String decoder = writer("gpt2");
        CommandRun filled = CommandRun.here("fill-mask", "--model", decoder, "--json", "--top", "1", "The old {mask}");
        assertThat(filled.code()).as(filled.errors()).isZero();
        CommandRun written = CommandRun.here("generate", "--model", decoder, "--json", "--max-tokens", "1", "The old");
        JsonObject token =
                JsonParser.parseString(filled.out()).getAsJsonArray().get(0).getAsJsonObject();
        JsonObject text = JsonParser.parseString(written.out()).getAsJsonObject();
        assertThat(text.getAsJsonArray("ids")).containsExactly(token.get("id"));
        assertThat(Math.log(token.get("probability").getAsDouble()))
                .isCloseTo(text.get("logProbability").getAsDouble(), within(1e-4));
        CommandRun alone = CommandRun.here("fill-mask", "--model", decoder, "--json", "{mask}");
        assertThat(alone.code()).as(alone.errors()).isZero();
        assertThat(JsonParser.parseString(alone.out()).getAsJsonArray()).hasSize(5);
        CommandRun inside = CommandRun.here("fill-mask", "--model", decoder, "The old {mask}.");
        assertThat(inside.code()).isEqualTo(1);
        assertThat(inside.errors()).startsWith("[TemplateMaskNotLast]");
    }

    @Test
    void anEncoderDecoderFillsAMaskInsideAText() throws URISyntaxException {
        CommandRun run = CommandRun.here("fill-mask", "--model", writer("t5"), "--json", "The {mask} sells bread.");
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(JsonParser.parseString(run.out()).getAsJsonArray()).hasSize(5);
    }

    private static String writer(String name) throws URISyntaxException {
        return Path.of(FillMaskCommandTest.class.getResource("/writers/" + name).toURI())
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "12001", "many"})
    void aNumberOfTokensOutOfRangeIsAUsageError(String top) {
        CommandRun run = quick("--top", top, PARIS);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errors()).contains("--top");
    }

    @Test
    void whatIsNoCommandLineEndsWithTwo() {
        assertThat(CommandRun.here().code()).isEqualTo(2);
        assertThat(CommandRun.here("fill-mask").code()).isEqualTo(2);
        assertThat(CommandRun.here("fill-mask", "--bottom", "3", PARIS).code()).isEqualTo(2);
    }

    @Test
    void aModelThatIsNowhereIsNamed() {
        CommandRun run = CommandRun.here("fill-mask", "--model", "/no/such/folder", PARIS);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errors()).startsWith("[ModelNotFound]").contains("/no/such/folder");
    }

    @Test
    void standardOutputIsTheJsonAloneAndNothingIsLogged() throws IOException, InterruptedException {
        CommandRun run = CommandRun.process(
                Map.of(), List.of("--enable-native-access=ALL-UNNAMED"), "fill-mask", "--json", "--top", "2", PARIS);
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(JsonParser.parseString(run.out()).getAsJsonArray()).hasSize(2);
    }

    @Test
    void aTaskThatNamesNoModelAsksTheDefaultOne() {
        CommandRun named = CommandRun.here("fill-mask", "--json", "--model", "cloze-small-en", PARIS);
        assertThat(CommandRun.here("fill-mask", "--json", PARIS)).isEqualTo(named);
    }

    @Test
    void withThePropertyItAsksTheQuickOne() throws IOException, InterruptedException {
        CommandRun run = CommandRun.process(Map.of(), List.of("-Dcloze.quick"), "fill-mask", "--json", PARIS);
        assertThat(run).isEqualTo(quick("--json", PARIS));
    }

    @Test
    void verboseShowsTheLogOnStandardErrorOnly() throws IOException, InterruptedException {
        CommandRun run =
                CommandRun.process(Map.of(), List.of(), "fill-mask", "--verbose", "--json", "--top", "2", PARIS);
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).contains("INFO");
        assertThat(JsonParser.parseString(run.out()).getAsJsonArray()).hasSize(2);
    }
}
