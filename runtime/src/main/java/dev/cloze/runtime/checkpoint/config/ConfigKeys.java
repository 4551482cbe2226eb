package dev.cloze.runtime.checkpoint.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.problem.ShortText;
import dev.cloze.runtime.checkpoint.config.ConfigRule.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no key of a configuration file is overlooked: each is obeyed, changes nothing, or is refused or told of.
 *
 * <p>What becomes of which key is said by one table, {@code config-keys.txt}.
 */
public final class ConfigKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigKeys.class);
    private static final Map<String, ConfigKeyTable> TABLES = ConfigKeyTable.read();

    private static final String ROTARY = "rope_parameters";
    private static final String OLDER_ROTARY = "rope_scaling";

    private final String model;
    private final String file;
    private final JsonObject config;
    private final Map<String, ConfigRule> rules;

    private ConfigKeys(String model, String file, String type, JsonObject config) {
        this.model = model;
        this.file = file;
        this.config = config;
        this.rules = rules(file, type);
    }

    private ConfigKeys(String model, String object, JsonObject content) {
        this.model = model;
        this.file = object + " in config.json";
        this.config = content;
        this.rules = rules(ROTARY, "");
    }

    /** What the config.json says of rotary positions, where it is that of a model that has them. */
    private Stream<ConfigKeys> rotary() {
        return Stream.of(ROTARY, OLDER_ROTARY)
                .filter(key -> isObeyed(key) && config.get(key) instanceof JsonObject)
                .map(key -> new ConfigKeys(model, key, config.getAsJsonObject(key)));
    }

    private boolean isObeyed(String key) {
        ConfigRule rule = rules.get(key);
        return rule != null && rule.treatment() == Treatment.OBEYED;
    }

    /** The keys of a model's {@code config.json}; messages call it by the model's name. */
    public static ConfigKeys ofModel(String model, JsonObject config) {
        JsonElement type = config.get("model_type");
        String named = type != null && type.isJsonPrimitive() ? type.getAsString() : "";
        return new ConfigKeys(model, ConfigFiles.MODEL, named, config);
    }

    /** The keys of a model's {@code generation_config.json}. */
    public static ConfigKeys ofGeneration(String model, JsonObject config) {
        return new ConfigKeys(model, ConfigFiles.GENERATION, "", config);
    }

    /** The keys of a model's {@code tokenizer_config.json}. */
    public static ConfigKeys ofTokenizer(String model, JsonObject config) {
        return new ConfigKeys(model, ConfigFiles.TOKENIZER, "", config);
    }

    /** What the table says of the keys of that file, for a {@code model_type} where it is {@code config.json}. */
    static Map<String, ConfigRule> rules(String file, String type) {
        ConfigKeyTable table = TABLES.get(file);
        if (table == null) {
            throw new IllegalArgumentException("no table of " + file);
        }
        return table.of(type);
    }

    /** The keys of that file that count, for a {@code model_type} where it is {@code config.json}. */
    public static Set<String> obeyed(String file, String type) {
        return rules(file, type).entrySet().stream()
                .filter(rule -> rule.getValue().treatment() == Treatment.OBEYED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Stops with MODEL_UNSUPPORTED at a key whose value would change numbers in a way that isn't computed. */
    public void refuse() {
        rotary().forEach(ConfigKeys::refuse);
        config.asMap().forEach((key, value) -> {
            ConfigRule rule = rules.get(key);
            if (rule != null && rule.treatment() == Treatment.REFUSED && !rule.allows(value)) {
                throw new ClozeException(
                        Problem.MODEL_UNSUPPORTED, """
                        The %s of %s sets %s = %s, which this version doesn't compute.
                          The numbers would be others than the model's, so it isn't opened. What is computed is %s.
                          Take a checkpoint that was made for that.""".formatted(file, model, key, shortened(value), rule.allowed()));
            }
        });
    }

    /** Logs what is not obeyed though it could be meant to be, and what nobody knows: a line each. */
    public void report() {
        rotary().forEach(ConfigKeys::report);
        List<String> left = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        config.asMap().forEach((key, value) -> {
            ConfigRule rule = rules.get(key);
            if (rule == null) {
                unknown.add(key);
            } else if (rule.treatment() == Treatment.LEFT && !rule.allows(value)) {
                left.add(key + " = " + shortened(value));
            }
        });
        if (!left.isEmpty()) {
            LOG.warn(
                    "{}: not obeyed of {}: {}. Texts are written as GenerationOptions says, and no code of a model's own is run.",
                    model,
                    file,
                    String.join(", ", left));
        }
        if (!unknown.isEmpty()) {
            LOG.warn(
                    "{}: keys of {} that nobody here knows, and nobody obeys: {}",
                    model,
                    file,
                    String.join(", ", unknown));
        }
    }

    /**
     * The configuration with each key under the one name that is read.
     *
     * @throws ClozeException MODEL_CONFIG where a key stands there under two names, with two values
     */
    public JsonObject underOneName() {
        JsonObject renamed = new JsonObject();
        config.asMap().forEach((key, value) -> {
            ConfigRule rule = rules.get(key);
            String name = rule != null && rule.treatment() == Treatment.SAME ? rule.otherName() : key;
            JsonElement other = name.equals(key) ? null : config.get(name);
            if (other != null && !ConfigRule.same(other, value)) {
                throw new ClozeException(
                        Problem.MODEL_CONFIG,
                        "The config.json of " + model + " gives " + key + " = " + value + " and " + name + " = " + other
                                + ", which are two names of one number.\n  Take one of them out.");
            }
            renamed.add(name, value);
        });
        return renamed;
    }

    private static String shortened(JsonElement value) {
        return ShortText.of(value.toString(), 60);
    }
}
