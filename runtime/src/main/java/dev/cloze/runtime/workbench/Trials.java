package dev.cloze.runtime.workbench;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.request.Fields;
import dev.cloze.runtime.workbench.request.HttpProblem;
import dev.cloze.runtime.workbench.request.Refused;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** How well templates and label words do on a few labelled texts, without training. */
final class Trials {

    private final Workbench workbench;
    private final int mostExamples;

    Trials(Workbench workbench, int mostExamples) {
        this.workbench = workbench;
        this.mostExamples = mostExamples;
    }

    /** A text with its right label. */
    private record Example(Map<String, String> texts, String label) {}

    /** {@code {"templates": [...], "labels": {...}, "examples": [{"texts": {"text": "..."}, "label": "positive"}]}}. */
    CompletableFuture<Map<String, Object>> evaluate(Fields fields) {
        fields.named(List.of("templates", "labels", "examples"));
        List<String> templates = Readings.templates(fields);
        Map<String, List<String>> labels = fields.textLists("labels");
        List<Example> examples = examples(fields, labels);
        return workbench.ask(() -> Map.of(
                "results",
                templates.stream()
                        .map(template -> result(template, labels, examples))
                        .toList()));
    }

    private List<Example> examples(Fields fields, Map<String, List<String>> labels) {
        List<Fields> sent = fields.objects("examples");
        if (sent.isEmpty()) {
            throw Refused.unreadable("There are no examples.\n  Send one at least, with its label.");
        }
        if (sent.size() > mostExamples) {
            throw Refused.tooLarge("There are " + sent.size() + " examples, and " + mostExamples
                    + " are tried at most.\n  Measure more with \"cloze evaluate\", which reads a file.");
        }
        List<Example> examples = new ArrayList<>();
        for (Fields one : sent) {
            String label = one.named(List.of("texts", "label")).text("label");
            if (!labels.containsKey(label)) {
                throw Refused.unreadable("Example " + (examples.size() + 1) + " has the label \"" + label
                        + "\", which is none of the labels.\n  " + NearestName.suggestion(label, labels.keySet())
                        + " They are: " + String.join(", ", labels.keySet()) + ".");
            }
            examples.add(new Example(one.object("texts").allTexts(), label));
        }
        return examples;
    }

    private Map<String, Object> result(String template, Map<String, List<String>> labels, List<Example> examples) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("template", template);
        try {
            SpokenTask task = workbench.task(template, labels);
            List<DataRow> rows = examples.stream()
                    .map(example -> Workbench.row(task, example.texts()))
                    .toList();
            List<Prediction<String>> predictions = workbench.predict(task, rows);
            int right = 0;
            List<Map<String, Object>> each = new ArrayList<>();
            for (int i = 0; i < predictions.size(); i++) {
                Prediction<String> one = predictions.get(i);
                right += one.label().equals(examples.get(i).label()) ? 1 : 0;
                each.add(Map.of("label", one.label(), "probability", one.probability()));
            }
            told.put("n", rows.size());
            told.put("right", right);
            told.put("accuracy", (double) right / rows.size());
            told.put("predictions", each);
        } catch (ClozeException e) {
            told.put("problem", HttpProblem.of(e).body());
        }
        return told;
    }
}
