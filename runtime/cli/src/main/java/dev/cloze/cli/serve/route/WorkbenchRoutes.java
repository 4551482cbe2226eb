package dev.cloze.cli.serve.route;

import dev.cloze.cli.MaskText;
import dev.cloze.cli.TokenText;
import dev.cloze.cli.serve.http.Exchange;
import dev.cloze.cli.serve.http.Fields;
import dev.cloze.cli.serve.http.HttpProblem;
import dev.cloze.cli.serve.http.Refused;
import dev.cloze.cli.serve.task.Workbench;
import dev.cloze.cli.task.JavaSource;
import dev.cloze.cli.task.SpokenTask;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.classification.MaskFiller.Filling;
import dev.cloze.runtime.classification.MaskReading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Templates and label words that are tried: what the page shows as somebody types. */
final class WorkbenchRoutes {

    private static final int MOST_TEMPLATES = 8;

    private final Workbench workbench;
    private final Executor executor;

    WorkbenchRoutes(Workbench workbench, Executor executor) {
        this.workbench = workbench;
        this.executor = executor;
    }

    /** {@code {"text": "Paris is the capital of {mask}.", "top": 5}}. */
    void fillMask(Exchange exchange) {
        exchange.answer(
                exchange.fields().thenCompose(fields -> {
                    fields.named(List.of("text", "top"));
                    String text = fields.text("text");
                    int top = fields.integer("top", 5, 1, 1000);
                    MaskText.check(text);
                    return workbench.ask(() -> Map.of(
                            "model",
                            workbench.model(),
                            "fillings",
                            workbench.fill(text, top).stream()
                                    .map(this::filling)
                                    .toList()));
                }),
                executor);
    }

    private Map<String, Object> filling(Filling filling) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("text", TokenText.of(workbench.tokenizer(), filling.id()));
        told.put("token", filling.token());
        told.put("id", filling.id());
        told.put("probability", filling.probability());
        return told;
    }

    /** {@code {"templates": [...], "labels": {"positive": ["great"]}, "texts": {"text": "..."}, "top": 8}}. */
    void read(Exchange exchange) {
        exchange.answer(
                exchange.fields().thenCompose(fields -> {
                    fields.named(List.of("templates", "labels", "texts", "top"));
                    List<String> templates = templates(fields);
                    Map<String, List<String>> labels = fields.textLists("labels");
                    Map<String, String> texts = fields.object("texts").allTexts();
                    int top = fields.integer("top", 8, 1, 100);
                    return workbench.ask(() -> Map.of(
                            "model",
                            workbench.model(),
                            "readings",
                            templates.stream()
                                    .map(template -> reading(template, labels, texts, top))
                                    .toList()));
                }),
                executor);
    }

    static List<String> templates(Fields fields) {
        List<String> templates = fields.texts("templates");
        if (templates.isEmpty() || templates.size() > MOST_TEMPLATES) {
            throw Refused.unreadable(
                    "There are " + templates.size() + " templates.\n  Send 1 to " + MOST_TEMPLATES + ".");
        }
        return templates;
    }

    /** Each template by itself, so that one that is being typed says what is wrong with it beside those that work. */
    private Map<String, Object> reading(
            String template, Map<String, List<String>> labels, Map<String, String> texts, int top) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("template", template);
        try {
            SpokenTask task = workbench.task(template, labels);
            Map<String, String> values = new LinkedHashMap<>();
            task.columns().forEach(column -> values.put(column, texts.getOrDefault(column, "")));
            told.put("columns", task.columns());
            MaskReading reading = workbench.read(template, values, top);
            told.put("before", reading.before());
            told.put("after", reading.after());
            told.put(
                    "fillings",
                    reading.fillings().stream()
                            .map(filling -> labelled(filling, labels))
                            .toList());
            told.put("cuts", reading.cuts());
            if (labels.size() >= 2) {
                told.put(
                        "prediction",
                        Predicted.of(workbench
                                .predict(task, List.of(Inputs.of(values)))
                                .get(0)));
            }
        } catch (ClozeException e) {
            told.put("problem", HttpProblem.of(e).body());
        }
        return told;
    }

    /** With the label that it stands for, where it is a label word. */
    private Map<String, Object> labelled(Filling filling, Map<String, List<String>> labels) {
        String word = TokenText.of(workbench.tokenizer(), filling.id()).strip();
        Map<String, Object> told = filling(filling);
        labels.entrySet().stream()
                .filter(each ->
                        each.getValue().stream().anyMatch(one -> one.strip().equalsIgnoreCase(word)))
                .findFirst()
                .ifPresent(each -> told.put("label", each.getKey()));
        return told;
    }

    /** {@code {"name": "com.acme.Review", "templates": [...], "labels": {...}}}: the annotated class. */
    void java(Exchange exchange) {
        exchange.answer(
                exchange.fields().thenApply(fields -> {
                    fields.named(List.of("name", "templates", "labels"));
                    SpokenTask one = workbench.task(templates(fields).get(0), fields.textLists("labels"));
                    SpokenTask all = new SpokenTask(
                            templates(fields),
                            one.labels(),
                            one.model(),
                            one.method(),
                            one.multiTokenWords(),
                            one.calibration(),
                            one.settings());
                    return Map.of("source", JavaSource.of(all, fields.text("name")));
                }),
                executor);
    }
}
