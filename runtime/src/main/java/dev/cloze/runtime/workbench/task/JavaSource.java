package dev.cloze.runtime.workbench.task;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.spi.DefaultBackbone;
import dev.cloze.runtime.template.JavaLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Writes a task as an annotated class. */
public final class JavaSource {

    private final SpokenTask task;
    private final String name;
    private final TreeSet<String> imports = new TreeSet<>();

    private JavaSource(SpokenTask task, String name) {
        this.task = task;
        this.name = name;
    }

    /** The source of a record of this name, full or simple. */
    public static String of(SpokenTask task, String name) {
        List<String> words = new ArrayList<>(task.columns());
        words.addAll(task.labels().keySet());
        words.add(name.substring(name.lastIndexOf('.') + 1));
        for (String word : words) {
            if (!SourceVersion.isIdentifier(word) || SourceVersion.isKeyword(word)) {
                throw new ClozeException(
                        Problem.VERBALIZER_UNKNOWN_LABEL,
                        "\"" + word
                                + "\" can't be a name in Java.\n  Labels, columns and the class are names there: letters,"
                                + " digits and underscores. Call it otherwise.");
            }
        }
        return new JavaSource(task, name).source();
    }

    private String source() {
        String body = annotations() + record();
        String pack = name.contains(".") ? "package " + name.substring(0, name.lastIndexOf('.')) + ";\n\n" : "";
        String needed = imports.stream()
                .map(type -> "import dev.cloze.annotations." + type + ";\n")
                .collect(Collectors.joining());
        return pack + needed + "\n" + body;
    }

    private String annotations() {
        StringBuilder text = new StringBuilder();
        for (String template : task.templates()) {
            text.append('@')
                    .append(type("Template"))
                    .append('(')
                    .append(JavaLiteral.of(template))
                    .append(")\n");
        }
        text.append('@')
                .append(type("Verbalizer"))
                .append("(labels = ")
                .append(simpleName())
                .append(".Label.class");
        if (task.multiTokenWords() != MultiTokenWords.JOINT) {
            text.append(", multiTokenWords = ")
                    .append(type("MultiTokenWords"))
                    .append('.')
                    .append(task.multiTokenWords());
        }
        if (task.calibration() != Calibration.NONE) {
            text.append(", calibration = ")
                    .append(type("Calibration"))
                    .append('.')
                    .append(task.calibration());
        }
        said(VerbalizerOptions.ALL)
                .forEach((option, value) ->
                        text.append(", ").append(option).append(" = ").append(value));
        text.append(")\n").append(tuning());
        return text.toString();
    }

    private String tuning() {
        Map<String, String> all = new LinkedHashMap<>();
        if (task.method() != TuningMethod.PROMPT_FINE_TUNING) {
            all.put("method", type("TuningMethod") + "." + task.method());
        }
        if (!task.model().equals(DefaultBackbone.name())) {
            all.put("backbone", JavaLiteral.of(task.model()));
        }
        all.putAll(said(TuningOptions.ALL));
        StringBuilder text = new StringBuilder(annotation("Tuning", all));
        MethodAnnotations.ALL.stream()
                .filter(own -> own.method() == task.method())
                .forEach(own -> text.append(annotation(own.type().getSimpleName(), said(own.options()))));
        return text.toString();
    }

    private String annotation(String type, Map<String, String> values) {
        return values.isEmpty()
                ? ""
                : "@" + type(type)
                        + values.entrySet().stream()
                                .map(entry -> entry.getKey() + " = " + entry.getValue())
                                .collect(Collectors.joining(", ", "(", ")\n"));
    }

    /** Those of these options that the task sets, as source. */
    private Map<String, String> said(List<Option<?>> options) {
        Map<String, String> said = new LinkedHashMap<>();
        for (Option<?> option : options) {
            String value = task.settings().get(option.name());
            if (value != null) {
                said.put(option.name(), literal(option.type(), Settings.ofMethod(task.method(), option.name(), value)));
            }
        }
        return said;
    }

    private String literal(Class<?> type, Object value) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(each -> literal(each.getClass(), each))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Enum<?> constant) {
            Class<?> declared = constant.getDeclaringClass();
            Class<?> outer = declared.getEnclosingClass();
            String named = outer == null
                    ? type(declared.getSimpleName())
                    : type(outer.getSimpleName()) + "." + declared.getSimpleName();
            return named + "." + constant.name();
        }
        return type == String.class ? JavaLiteral.of(value.toString()) : value.toString();
    }

    private String record() {
        String components =
                task.columns().stream().map(column -> "String " + column).collect(Collectors.joining(", "));
        String labels = task.labels().entrySet().stream()
                .map(label -> "        " + words(label.getValue()) + label.getKey())
                .collect(Collectors.joining(",\n"));
        return "public record " + simpleName() + "(" + components + ") {\n\n    public enum Label {\n" + labels
                + "\n    }\n}\n";
    }

    private String words(List<String> words) {
        if (words.isEmpty()) {
            return "";
        }
        String all = words.stream().map(JavaLiteral::of).collect(Collectors.joining(", "));
        return "@" + type("LabelWords") + "(" + (words.size() == 1 ? all : "{" + all + "}") + ")\n        ";
    }

    private String type(String type) {
        imports.add(type);
        return type;
    }

    private String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
