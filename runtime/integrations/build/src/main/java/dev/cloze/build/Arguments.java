package dev.cloze.build;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settings as arguments {@code name=value}, by which a build tool starts a program. */
public record Arguments(Map<String, String> values) {

    private static final String COLUMN = "column.";
    private static final String LABEL = "label.";

    /** Reads arguments; CONFIG_SETTING where one has no name. */
    static Arguments of(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            if (at < 1) {
                throw new ClozeException(
                        Problem.CONFIG_SETTING,
                        "The argument \"" + argument + "\" is no setting.\n  Write it as name=value.");
            }
            values.put(argument.substring(0, at), argument.substring(at + 1));
        }
        return new Arguments(values);
    }

    /** The arguments that say this check. */
    public static List<String> of(ZeroShotCheck check) {
        List<String> arguments = new ArrayList<>(List.of(
                "task=" + check.task(),
                "file=" + check.file(),
                "minimum=" + check.minimum(),
                "metric=" + check.metric(),
                "labelColumn=" + check.labelColumn()));
        check.columns().forEach((path, column) -> arguments.add(COLUMN + path + "=" + column));
        check.labels().forEach((value, label) -> arguments.add(LABEL + value + "=" + label));
        return arguments;
    }

    /** The check that they say. */
    ZeroShotCheck check() {
        return new ZeroShotCheck(
                required("task"),
                Path.of(required("file")),
                minimum(),
                metric(),
                values.getOrDefault("labelColumn", "label"),
                named(COLUMN),
                named(LABEL));
    }

    /** A file to write to, if they name one. */
    Optional<Path> file(String name) {
        return Optional.ofNullable(values.get(name)).map(Path::of);
    }

    private String required(String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new ClozeException(
                        Problem.CONFIG_SETTING, "The setting \"" + name + "\" is missing.\n  Write " + name + "=..."));
    }

    private double minimum() {
        String text = required("minimum");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ClozeException(
                    Problem.CONFIG_SETTING,
                    "The bar is \"" + text + "\", which is no number.\n  Write a share: minimum=0.8 for 80 %.",
                    e);
        }
    }

    private Metric metric() {
        String text = values.getOrDefault("metric", Metric.ACCURACY.name());
        for (Metric metric : Metric.values()) {
            if (metric.name().equals(text.toUpperCase(Locale.ROOT))) {
                return metric;
            }
        }
        throw new ClozeException(
                Problem.CONFIG_SETTING,
                "There is no measure \"" + text + "\".\n  A bar can be of: "
                        + String.join(
                                ", ",
                                Arrays.stream(Metric.values()).map(Metric::name).toList()) + ".");
    }

    private Map<String, String> named(String prefix) {
        Map<String, String> named = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                named.put(name.substring(prefix.length()), value);
            }
        });
        return named;
    }
}
