package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.GenerationOptions.EarlyStopping;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Token for token what {@code generate} of Hugging Face transformers writes, by {@code generation_goldens.py}. */
class GenerationParityTest {

    private static Tokenizer tokenizer;

    @BeforeAll
    static void open(@TempDir Path folder) {
        tokenizer = ByteTokens.open(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    static TextBackbone load(String name) throws IOException, URISyntaxException {
        Path folder = folder(name);
        JsonObject config = json(folder.resolve("config.json"));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return (TextBackbone) BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        }
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(GenerationParityTest.class.getResource("/" + name).toURI());
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    /** Every decoder and T5 there is a fixture of; one without goldens fails. */
    static List<String> fixtures() throws IOException, URISyntaxException {
        List<String> names = new ArrayList<>();
        for (String kind : List.of("parity-decoder", "parity-t5")) {
            try (Stream<Path> folders = Files.list(folder(kind))) {
                folders.filter(Files::isDirectory)
                        .map(fixture -> kind + "/" + fixture.getFileName())
                        .sorted()
                        .forEach(names::add);
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void allTokensAreThoseOfTransformers(String name) throws IOException, URISyntaxException {
        JsonObject goldens = json(folder(name).resolve("generation.json"));
        List<int[]> prompts = new ArrayList<>();
        goldens.getAsJsonArray("prompts").forEach(prompt -> prompts.add(ids(prompt)));
        assertThat(prompts).hasSize(200);
        try (TextBackbone model = load(name)) {
            assertThat(model.endTokens()).containsExactlyInAnyOrder(ids(goldens.get("end")));
            JsonArray runs = goldens.getAsJsonArray("runs");
            for (int wide = 0; wide < 2; wide++) {
                assertThat(runs.get(wide).getAsJsonObject().getAsJsonArray("results"))
                        .hasSize(200);
            }
            for (JsonElement run : runs) {
                check(model, prompts, run.getAsJsonObject());
            }
        }
    }

    private static void check(TextBackbone model, List<int[]> prompts, JsonObject run) {
        String name = run.get("name").getAsString();
        JsonArray results = run.getAsJsonArray("results");
        List<int[]> chosen = new ArrayList<>();
        results.forEach(result ->
                chosen.add(prompts.get(result.getAsJsonObject().get("prompt").getAsInt())));
        GenerationOptions options = options(run.getAsJsonObject("options"));
        List<List<Generated>> found = TextGenerator.generate(
                model, tokenizer, model.endTokens(), chosen, Injection.NONE, options, GenerationListener.NONE);
        for (int i = 0; i < chosen.size(); i++) {
            JsonObject result = results.get(i).getAsJsonObject();
            JsonArray texts = result.getAsJsonArray("texts");
            assertThat(found.get(i)).as("%s, prompt %d", name, i).hasSize(texts.size());
            for (int s = 0; s < texts.size(); s++) {
                Generated text = found.get(i).get(s);
                int[] expected = ids(texts.get(s));
                boolean ended = text.reason() == FinishReason.END;
                assertThat(text.ids())
                        .as("%s, prompt %d, text %d", name, i, s)
                        .isEqualTo(ended ? java.util.Arrays.copyOf(expected, expected.length - 1) : expected);
                if (options.beams() > 1) {
                    double score = text.logProbability() / Math.pow(expected.length, options.lengthPenalty());
                    double reference = result.getAsJsonArray("scores").get(s).getAsDouble();
                    assertThat(score).isCloseTo(reference, within(1e-4 * Math.abs(reference) + 1e-5));
                }
            }
        }
    }

    private static int[] ids(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    private static GenerationOptions options(JsonObject of) {
        GenerationOptions options = GenerationOptions.defaults();
        for (var option : of.entrySet()) {
            JsonElement value = option.getValue();
            options = switch (option.getKey()) {
                case "max_new_tokens" -> options.withMaxTokens(value.getAsInt());
                case "min_new_tokens" -> options.withMinTokens(value.getAsInt());
                case "num_beams" -> options.withBeams(value.getAsInt());
                case "num_return_sequences" -> options.withSequences(value.getAsInt());
                case "length_penalty" -> options.withLengthPenalty(value.getAsDouble());
                case "no_repeat_ngram_size" -> options.withNoRepeatNgram(value.getAsInt());
                case "suppress_tokens" ->
                    options.withForbiddenTokens(IntStream.of(ids(value)).toArray());
                case "early_stopping" ->
                    options.withEarlyStopping(
                            value.getAsString().equals("never") ? EarlyStopping.NEVER : EarlyStopping.TRUE);
                default -> throw new IllegalArgumentException(option.getKey());
            };
        }
        return options;
    }
}
