package dev.cloze.cli.task;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.runtime.comparison.ComparedMethod;
import dev.cloze.runtime.comparison.ComparisonResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison's result as JSON, which has no number for what diverged: null in a list, and left out elsewhere. */
final class ComparisonJson {

    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private ComparisonJson() {}

    static String of(ComparisonResult result) {
        Map<String, Object> printed = new LinkedHashMap<>();
        printed.put("k", result.k());
        printed.put("seeds", result.seeds());
        printed.put("tested", result.tested());
        printed.put(
                "methods", result.ranked().stream().map(ComparisonJson::printed).toList());
        printed.put("commonestLabel", printed(result.commonest()));
        return JSON.toJson(printed);
    }

    private static Map<String, @Nullable Object> printed(ComparedMethod method) {
        Map<String, @Nullable Object> printed = new LinkedHashMap<>();
        printed.put("name", method.name());
        printed.put("mean", number(method.mean()));
        printed.put("deviation", number(method.deviation()));
        printed.put("test", numbers(method.test()));
        printed.put("macroF1", numbers(method.macroF1()));
        printed.put("dev", number(method.meanDev()));
        printed.put("seconds", method.seconds());
        printed.put("learningRate", method.learningRate());
        return printed;
    }

    private static @Nullable Double[] numbers(List<Double> values) {
        return values.stream().map(ComparisonJson::number).toArray(Double[]::new);
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
