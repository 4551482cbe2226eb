package dev.cloze.runtime.checkpoint.config;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.checkpoint.config.ConfigRule.Treatment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of keys against those that transformers' classes have, as {@code config_keys.py} lists them. */
class ConfigKeysTest {

    private static final String CONFIG = "config.json";
    private static final String GENERATION = "generation_config.json";
    private static final String TOKENIZER = "tokenizer_config.json";
    private static final JsonObject FOUR = list("transformers-4.json");
    private static final JsonObject FIVE = list("transformers-5.json");

    static Set<String> modelTypes() {
        return FOUR.getAsJsonObject(CONFIG).keySet();
    }

    @Test
    void theListsAreThoseOfBothVersions() {
        assertThat(FOUR.get("transformers").getAsString()).startsWith("4.57.");
        assertThat(FIVE.get("transformers").getAsString()).startsWith("5.");
    }

    @ParameterizedTest
    @MethodSource("modelTypes")
    void theTableHasEveryKeyOfAModelTypeAndNoOther(String type) {
        Set<String> keys = new TreeSet<>();
        Map<String, String> otherNames = new TreeMap<>();
        for (JsonObject version : List.of(FOUR, FIVE)) {
            JsonObject listed = version.getAsJsonObject(CONFIG).getAsJsonObject(type);
            keys.addAll(listed.getAsJsonObject("keys").keySet());
            listed.getAsJsonArray("published").forEach(key -> keys.add(key.getAsString()));
            listed.getAsJsonObject("other_names")
                    .asMap()
                    .forEach((key, name) -> otherNames.put(key, name.getAsString()));
        }
        keys.addAll(otherNames.keySet());
        Map<String, ConfigRule> rules = ConfigKeys.rules(CONFIG, type);
        assertThat(new TreeSet<>(rules.keySet())).isEqualTo(keys);
        Map<String, String> same = new TreeMap<>();
        rules.forEach((key, rule) -> {
            if (rule.treatment() == Treatment.SAME) {
                same.put(key, rule.otherName());
            }
        });
        assertThat(same).isEqualTo(otherNames);
    }

    @Test
    void theTableHasEveryKeyOfTheGenerationConfigurationAndNoOther() {
        Set<String> keys = new TreeSet<>();
        for (JsonObject version : List.of(FOUR, FIVE)) {
            keys.addAll(
                    version.getAsJsonObject(GENERATION).getAsJsonObject("keys").keySet());
        }
        assertThat(new TreeSet<>(ConfigKeys.rules(GENERATION, "").keySet())).isEqualTo(keys);
    }

    @Test
    void theTableHasEveryKeyOfTheTokenizersConfigurationAndNoOther() {
        Set<String> keys = new TreeSet<>();
        for (JsonObject version : List.of(FOUR, FIVE)) {
            JsonObject listed = version.getAsJsonObject(TOKENIZER);
            listed.getAsJsonArray("published").forEach(key -> keys.add(key.getAsString()));
            listed.getAsJsonObject("keys").asMap().values().forEach(ofClass -> ofClass.getAsJsonArray()
                    .forEach(key -> keys.add(key.getAsString())));
        }
        assertThat(new TreeSet<>(ConfigKeys.rules(TOKENIZER, "").keySet())).isEqualTo(keys);
    }

    @Test
    void theTableHasEveryKeyOfRotaryPositionsAndNoOther() {
        Set<String> keys = new TreeSet<>();
        for (JsonObject version : List.of(FOUR, FIVE)) {
            version.getAsJsonObject("rope_parameters")
                    .getAsJsonArray("keys")
                    .forEach(key -> keys.add(key.getAsString()));
        }
        assertThat(new TreeSet<>(ConfigKeys.rules("rope_parameters", "").keySet()))
                .isEqualTo(keys);
    }

    @Test
    void whatRotaryPositionsSayIsHeldAgainstTheTableAsWell() {
        for (String place : List.of("rope_parameters", "rope_scaling")) {
            JsonObject config = JsonParser.parseString("{\"model_type\": \"llama\", \"" + place
                            + "\": {\"rope_type\": \"default\", \"alpha\": 2}}")
                    .getAsJsonObject();
            assertThat(Logged.during(ConfigKeys.ofModel("tiny", config)::report))
                    .singleElement()
                    .asString()
                    .contains("keys of " + place + " in config.json that nobody here knows, and nobody obeys: alpha");
            config.getAsJsonObject(place).addProperty("partial_rotary_factor", 0.5);
            assertProblem(Problem.MODEL_UNSUPPORTED, ConfigKeys.ofModel("tiny", config)::refuse)
                    .hasMessageContaining("The " + place + " in config.json of tiny sets partial_rotary_factor = 0.5");
            config.addProperty("model_type", "bert");
            ConfigKeys.ofModel("tiny", config).refuse();
        }
    }

    /** A model that says what its class would take anyway is neither refused nor told of, whichever version saved it. */
    @ParameterizedTest
    @MethodSource("modelTypes")
    void theDefaultsOfAClassAreLetThrough(String type) {
        for (JsonObject version : List.of(FOUR, FIVE)) {
            JsonObject config = version.getAsJsonObject(CONFIG)
                    .getAsJsonObject(type)
                    .getAsJsonObject("keys")
                    .deepCopy();
            config.add(
                    "position_embedding_type",
                    new JsonPrimitive("absolute")); // not null, as the newer class would have it
            if (ConfigKeys.rules(CONFIG, type).get("position_embedding_type") == null) {
                config.remove("position_embedding_type");
            }
            config.addProperty("model_type", type);
            ConfigKeys keys = ConfigKeys.ofModel("plain", config);
            keys.refuse();
            assertThat(Logged.during(keys::report)).isEmpty();
        }
        for (JsonObject version : List.of(FOUR, FIVE)) {
            ConfigKeys keys = ConfigKeys.ofGeneration(
                    "plain", version.getAsJsonObject(GENERATION).getAsJsonObject("keys"));
            assertThat(Logged.during(keys::report)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("modelTypes")
    void aKeyThatIsNotComputedIsRefusedUnlessItHasItsDefault(String type) {
        int refused = forEach(CONFIG, type, Treatment.REFUSED, (key, rule) -> {
            assertProblem(Problem.MODEL_UNSUPPORTED, () -> keys(type, key, new JsonPrimitive("other"))
                            .refuse())
                    .hasMessageContaining("The config.json of tiny sets " + key + " = \"other\"")
                    .hasMessageContaining(rule.allowed());
            for (JsonElement value : rule.values()) {
                JsonArray list = new JsonArray();
                list.add(value);
                keys(type, key, rule.each() ? list : value).refuse();
            }
        });
        assertThat(refused).isGreaterThanOrEqualTo(6);
    }

    @Test
    void theValuesThatWereOnceComputedWrongAreRefused() {
        for (String position : List.of("relative_key", "relative_key_query")) {
            for (String type : List.of("bert", "roberta", "xlm-roberta", "camembert", "albert")) {
                assertRefused(type, "position_embedding_type", '"' + position + '"');
            }
        }
        assertRefused("bert", "position_embedding_type", "null");
        assertRefused("bert", "is_decoder", "true");
        assertRefused("bert", "pruned_heads", "{\"0\": [1]}");
        assertRefused("llama", "quantization_config", "{\"quant_method\": \"gptq\"}");
        assertRefused("llama", "per_layer_config", "{\"0\": {\"hidden_act\": \"relu\"}}");
        assertRefused("qwen3", "layer_types", "[\"full_attention\", \"chunked_attention\"]");
        assertRefused("t5", "is_encoder_decoder", "false");
        for (String type : List.of("gpt2", "llama", "mistral", "qwen2", "qwen3", "t5", "mt5", "umt5")) {
            assertRefused(type, "is_causal", "false");
            assertRefused(type, "is_causal", "null");
        }
    }

    private static void assertRefused(String type, String key, String value) {
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> keys(type, key, JsonParser.parseString(value))
                        .refuse())
                .hasMessageContaining(key);
    }

    @Test
    void aTokenizerThatIsNotComputedIsRefused() {
        forEach(TOKENIZER, "", Treatment.REFUSED, (key, rule) -> {
            JsonObject config = new JsonObject();
            config.addProperty(key, "mecab");
            assertProblem(Problem.MODEL_UNSUPPORTED, () -> ConfigKeys.ofTokenizer("tiny", config)
                            .refuse())
                    .hasMessageContaining("The tokenizer_config.json of tiny sets " + key);
        });
    }

    @Test
    void whatIsNotObeyedIsToldInOneLine() {
        JsonObject config = JsonParser.parseString("""
                {"eos_token_id": [2, 7], "do_sample": true, "temperature": 0.7, "repetition_penalty": 1.1, "top_k": 50,
                 "top_p": 1, "num_beams": 1, "pad_token_id": 0, "transformers_version": "4.57.6"}""").getAsJsonObject();
        assertThat(Logged.during(ConfigKeys.ofGeneration("tiny", config)::report))
                .singleElement()
                .asString()
                .contains("tiny: not obeyed of generation_config.json: do_sample = true, temperature = 0.7,"
                        + " repetition_penalty = 1.1.");
    }

    @Test
    void keysThatNobodyKnowsAreToldInOneLine() {
        JsonObject config = new JsonObject();
        config.addProperty("model_type", "llama");
        config.addProperty("hidden_size", 8);
        config.addProperty("logit_scale", 0.5);
        config.addProperty("residual_multiplier", 2);
        assertThat(Logged.during(ConfigKeys.ofModel("tiny", config)::report))
                .singleElement()
                .asString()
                .contains("tiny: keys of config.json that nobody here knows")
                .contains("logit_scale, residual_multiplier");
    }

    @Test
    void aKeyMayStandUnderItsOtherNameButNotWithAnotherValue() {
        JsonObject config = JsonParser.parseString(
                        "{\"model_type\": \"gpt2\", \"hidden_size\": 8, \"n_layer\": 2, \"num_hidden_layers\": 2.0}")
                .getAsJsonObject();
        JsonObject read = ConfigKeys.ofModel("tiny", config).underOneName();
        assertThat(read.keySet()).containsExactlyInAnyOrder("model_type", "n_embd", "n_layer");
        assertThat(read.get("n_embd").getAsInt()).isEqualTo(8);
        config.addProperty("n_layer", 3);
        assertProblem(Problem.MODEL_CONFIG, ConfigKeys.ofModel("tiny", config)::underOneName)
                .hasMessageContaining("two names of one number");
    }

    private static int forEach(String file, String type, Treatment treatment, BiConsumer<String, ConfigRule> check) {
        Map<String, ConfigRule> rules = new TreeMap<>(ConfigKeys.rules(file, type));
        rules.values().removeIf(rule -> rule.treatment() != treatment);
        rules.forEach(check);
        return rules.size();
    }

    private static ConfigKeys keys(String type, String key, JsonElement value) {
        JsonObject config = new JsonObject();
        config.addProperty("model_type", type);
        config.add(key, value == null ? JsonNull.INSTANCE : value);
        return ConfigKeys.ofModel("tiny", config);
    }

    private static JsonObject list(String name) {
        try {
            Path file = Path.of(
                    ConfigKeysTest.class.getResource("/config-keys/" + name).toURI());
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
