package dev.cloze.runtime.checkpoint.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.cloze.runtime.checkpoint.config.ConfigRule.Treatment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The part of {@code config-keys.txt} on one file: rules by model type, and by key. */
final class ConfigKeyTable {

    private static final String ALL = "*";

    private final Map<String, Map<String, ConfigRule>> rules = new HashMap<>();

    private ConfigKeyTable() {}

    /** All parts, by the names of the files. */
    static Map<String, ConfigKeyTable> read() {
        Map<String, ConfigKeyTable> tables = new HashMap<>();
        try (InputStream text = ConfigKeyTable.class.getResourceAsStream("config-keys.txt")) {
            ConfigKeyTable table = new ConfigKeyTable();
            for (String line : new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("[")) {
                    table = new ConfigKeyTable();
                    tables.put(line.substring(1, line.indexOf(']')), table);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    table.add(line);
                }
            }
            return tables;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        String[] sides = line.split(" : ", 2);
        String[] who = sides[0].strip().split(" +");
        Treatment treatment = Treatment.valueOf(who[0].toUpperCase(Locale.ROOT));
        String[] setting = sides[1].split(" = ", 2);
        ConfigRule rule =
                setting.length == 1 ? new ConfigRule(treatment, List.of(), false) : rule(treatment, setting[1]);
        for (String type : Arrays.copyOfRange(who, 1, who.length)) {
            for (String key : setting[0].strip().split(" +")) {
                Map<String, ConfigRule> ofType = rules.computeIfAbsent(type, one -> new LinkedHashMap<>());
                if (ofType.put(key, rule) != null) {
                    throw new IllegalStateException("twice in config-keys.txt: " + key + " of " + type);
                }
            }
        }
    }

    private static ConfigRule rule(Treatment treatment, String values) {
        boolean each = values.startsWith("each ");
        List<JsonElement> parsed = JsonParser.parseString(
                        "[" + (each ? values.substring("each ".length()) : values) + "]")
                .getAsJsonArray()
                .asList();
        return new ConfigRule(treatment, List.copyOf(parsed), each);
    }

    /** The rules for a model type, by key; those for all where it has none of its own. */
    Map<String, ConfigRule> of(String type) {
        Map<String, ConfigRule> found = new LinkedHashMap<>(rules.getOrDefault(ALL, Map.of()));
        found.putAll(rules.getOrDefault(type, Map.of()));
        return found;
    }
}
