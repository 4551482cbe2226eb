package dev.cloze.cli.task;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A task in a file:
 *
 * <pre>
 * template: "{text} It was {mask}."
 * labels:
 *   positive: [great, good]
 *   negative: terrible
 * model: cloze-small-en
 * method: PROMPT_FINE_TUNING
 * options: {maxSteps: 200}
 * </pre>
 */
final class TaskFile {

    /** What a file may say. */
    private static final List<String> NAMES =
            List.of("template", "templates", "labels", "model", "method", "multiTokenWords", "calibration", "options");

    private final Path path;
    private final Map<?, ?> values;

    private TaskFile(Path path, Map<?, ?> values) {
        this.path = path;
        this.values = values;
    }

    static TaskFile read(Path path) {
        Object root;
        try {
            root = new Load(LoadSettings.builder().setLabel(path.toString()).build())
                    .loadFromString(Files.readString(path));
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "The task's file " + path + " cannot be read.\n  The system says: " + e,
                    e);
        } catch (YamlEngineException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE, "The task's file " + path + " is no valid YAML.\n  " + e.getMessage(), e);
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "The task's file " + path + " holds no names and values.\n  It may have: "
                            + String.join(", ", NAMES) + ".");
        }
        for (Object key : map.keySet()) {
            if (!NAMES.contains(String.valueOf(key))) {
                throw new ClozeException(
                        Problem.DATA_UNREADABLE,
                        "The task's file " + path + " says \"" + key + "\", which no task has. "
                                + NearestName.suggestion(String.valueOf(key), NAMES) + "\n  It may have: "
                                + String.join(", ", NAMES) + ".");
            }
        }
        return new TaskFile(path, map);
    }

    List<String> templates() {
        List<String> templates = new ArrayList<>(texts(values.get("template")));
        templates.addAll(texts(values.get("templates")));
        return templates;
    }

    Map<String, List<String>> labels() {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        if (values.get("labels") instanceof List<?> names) {
            names.forEach(name -> labels.put(String.valueOf(name), List.of()));
        } else {
            map("labels").forEach((label, words) -> labels.put(String.valueOf(label), texts(words)));
        }
        return labels;
    }

    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        map("options")
                .forEach((name, value) -> options.put(
                        String.valueOf(name),
                        value instanceof List<?> list ? String.join(",", texts(list)) : String.valueOf(value)));
        return options;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::valueOf);
    }

    private Map<?, ?> map(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new ClozeException(
                Problem.DATA_UNREADABLE,
                "The \"" + name + "\" of the task's file " + path + " are " + value
                        + ", which are no names with values.\n  Write each on a line of its own: \"  name: value\".");
    }

    private static List<String> texts(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }
}
