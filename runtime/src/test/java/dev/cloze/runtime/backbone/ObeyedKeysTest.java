package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.backbone.decoder.DecoderArchitecture;
import dev.cloze.runtime.backbone.decoder.DecoderFamily;
import dev.cloze.runtime.backbone.encoder.EncoderArchitecture;
import dev.cloze.runtime.backbone.encoder.EncoderFamily;
import dev.cloze.runtime.backbone.t5.T5Config;
import dev.cloze.runtime.backbone.t5.T5Weights;
import dev.cloze.runtime.checkpoint.config.ConfigKeys;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key that the table calls obeyed makes another model, or none, when it has another value. */
class ObeyedKeysTest {

    /** By model type, a fixture whose config.json is the one that is changed. */
    private static final Map<String, String> FIXTURES = new TreeMap<>(Map.ofEntries(
            Map.entry("bert", "parity/bert-tied"),
            Map.entry("roberta", "parity/roberta"),
            Map.entry("xlm-roberta", "parity/xlmr"),
            Map.entry("camembert", "parity/roberta"),
            Map.entry("albert", "parity/albert-two-inner"),
            Map.entry("distilbert", "parity/distilbert"),
            Map.entry("gpt2", "parity-decoder/gpt2"),
            Map.entry("llama", "parity-decoder/llama3"),
            Map.entry("mistral", "parity-decoder/mistral"),
            Map.entry("qwen2", "parity-decoder/qwen2"),
            Map.entry("qwen3", "parity-decoder/qwen3"),
            Map.entry("t5", "parity-t5/t5-v1_1"),
            Map.entry("mt5", "parity-t5/mt5-tied-by-4"),
            Map.entry("umt5", "parity-t5/umt5")));

    /** Read by the tokenizer, whose own tests hold it. */
    private static final Set<String> ELSEWHERE = Set.of("tokenizer_class");

    /** Where "another value" must be one that means something. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("hidden_act", "\"relu\""),
            Map.entry("activation", "\"relu\""),
            Map.entry("activation_function", "\"relu\""),
            Map.entry("dense_act_fn", "\"silu\""),
            Map.entry("feed_forward_proj", "\"gated-silu\""),
            Map.entry("rope_scaling", "{\"rope_type\": \"linear\", \"factor\": 3.0}"),
            Map.entry("rope_parameters", "{\"rope_type\": \"linear\", \"factor\": 3.0, \"rope_theta\": 77.0}"),
            Map.entry("eos_token_id", "[5, 6]"),
            Map.entry("classifier_dropout", "0.3"),
            Map.entry("initializer_range", "0.05"),
            Map.entry("sliding_window", "8"),
            Map.entry("inner_group_num", "1"),
            Map.entry("scale_decoder_outputs", "false"),
            Map.entry("transformers_version", "\"5.24.0\""));

    /** Those of numbers that the fixtures leave out; the others they leave out are yes or no. */
    private static final Set<String> NUMBERS = Set.of(
            "n_inner",
            "n_positions",
            "head_dim",
            "rope_theta",
            "num_key_value_heads",
            "decoder_start_token_id",
            "initializer_factor",
            "pad_token_id");

    /** What must stand beside a key for it to count. */
    private static final Map<String, String> BESIDE = Map.of(
            "sliding_window", "{\"use_sliding_window\": true}",
            "use_sliding_window", "{\"sliding_window\": 8}",
            "pad_token_id", "{\"decoder_start_token_id\": null}",
            "scale_decoder_outputs", "{\"tie_word_embeddings\": true}",
            "feed_forward_proj", "{\"dense_act_fn\": null, \"is_gated_act\": null}");

    static Stream<Arguments> obeyed() {
        return FIXTURES.keySet().stream().flatMap(type -> ConfigKeys.obeyed("config.json", type).stream()
                .filter(key -> !ELSEWHERE.contains(key))
                .map(key -> Arguments.of(type, key)));
    }

    @ParameterizedTest
    @MethodSource("obeyed")
    void anotherValueMakesAnotherModel(String type, String key) throws Exception {
        JsonObject config = config(type);
        JsonObject changed = config.deepCopy();
        if (BESIDE.containsKey(key)) {
            JsonParser.parseString(BESIDE.get(key)).getAsJsonObject().asMap().forEach((name, value) -> {
                config.add(name, value);
                changed.add(name, value);
            });
        }
        changed.add(key, another(key, config.get(key)));
        String before = described(config);
        String after;
        try {
            after = described(changed);
        } catch (ClozeException refused) {
            assertThat(refused).hasMessageContaining(key);
            return;
        }
        assertThat(after).isNotEqualTo(before);
    }

    private static JsonObject config(String type) throws IOException, URISyntaxException {
        Path folder = Path.of(
                ObeyedKeysTest.class.getResource("/" + FIXTURES.get(type)).toURI());
        JsonObject config = JsonParser.parseString(Files.readString(folder.resolve("config.json")))
                .getAsJsonObject();
        config.addProperty("model_type", type);
        return config;
    }

    private static JsonElement another(String key, JsonElement value) {
        if (VALUES.containsKey(key)) {
            return JsonParser.parseString(VALUES.get(key));
        }
        if (value == null || value.isJsonNull()) {
            return NUMBERS.contains(key) ? new JsonPrimitive(12) : new JsonPrimitive(true);
        }
        JsonPrimitive primitive = value.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return new JsonPrimitive(!primitive.getAsBoolean());
        }
        double number = primitive.getAsDouble();
        return number == Math.rint(number) && number >= 1
                ? new JsonPrimitive(2 * (int) number)
                : number == 0 && key.endsWith("_id") ? new JsonPrimitive(3) : new JsonPrimitive(number / 2 + 0.01);
    }

    /** All that a config.json makes: numbers, and the names and shapes of weights. */
    private static String described(JsonObject config) {
        BackboneFamily family = BackboneFamilies.of("tiny", config);
        List<Object> parts = new ArrayList<>();
        if (family instanceof EncoderFamily encoder) {
            EncoderArchitecture made = EncoderArchitecture.of(encoder, config);
            parts.addAll(
                    List.of(made.config(), made.weights().slots(), made.kernel(ComputeDevice.CPU), made.classifier()));
        } else if (family instanceof DecoderFamily decoder) {
            DecoderArchitecture made = DecoderArchitecture.of(decoder, config);
            parts.addAll(List.of(made.config(), made.weights().slots(), made.classifier()));
        } else {
            T5Config made = T5Config.of(config);
            parts.addAll(List.of(made, T5Weights.of(made).slots()));
        }
        return new Gson().toJson(parts);
    }
}
