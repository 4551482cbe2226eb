package dev.cloze.runtime.workbench;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.classification.MaskFiller.Filling;
import dev.cloze.runtime.classification.MaskReading;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.HttpProblem;
import dev.cloze.runtime.workbench.request.Refused;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a model expects at masks: what the page shows as somebody types. */
final class Readings {

    private static final int MOST_TEMPLATES = 8;

    private final Workbench workbench;

    Readings(Workbench workbench) {
        this.workbench = workbench;
    }

    /** {@code {"text": "Paris is the capital of {mask}.", "top": 5}}. */
    CompletableFuture<Map<String, Object>> fillMask(Fields fields) {
        fields.named(List.of("text", "top"));
        String text = fields.text("text");
        int top = fields.integer("top", 5, 1, 1000);
        MaskText.check(text);
        return workbench.ask(() -> Map.of(
                "model",
                workbench.model(),
                "fillings",
                workbench.fill(text, top).stream().map(this::filling).toList()));
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
    CompletableFuture<Map<String, Object>> read(Fields fields) {
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
            DataRow row = Workbench.row(task, texts);
            told.put("columns", task.columns());
            MaskReading reading = workbench.read(template, row.values(), top);
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
                        Predicted.of(workbench.predict(task, List.of(row)).get(0)));
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
}
