package dev.cloze.build;

import com.google.gson.GsonBuilder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataFormat;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.data.LabelColumn;
import dev.cloze.runtime.spi.ClassificationTask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures a task, as it is without training, on a file of labelled texts, and holds it to a bar.
 *
 * @param task the task class's full name
 * @param file CSV, TSV or JSON lines, by its ending
 * @param minimum the bar, 0 to 1
 * @param metric what the bar is of
 * @param labelColumn the column of the right labels
 * @param columns the columns of those placeholders that are not named as theirs
 * @param labels what values of the column of labels mean, beside the labels' own names
 */
public record ZeroShotCheck(
        String task,
        Path file,
        double minimum,
        Metric metric,
        String labelColumn,
        Map<String, String> columns,
        Map<String, String> labels) {

    /** CONFIG_SETTING where the bar is none. */
    public ZeroShotCheck {
        columns = Map.copyOf(columns);
        labels = Map.copyOf(labels);
        if (!(minimum >= 0 && minimum <= 1)) {
            throw new ClozeException(
                    Problem.CONFIG_SETTING,
                    "The bar of " + task + " is " + minimum + ", and no measure is outside 0 to 1."
                            + "\n  Write a share: minimum = 0.8 for 80 %.");
        }
    }

    /**
     * Measures the task that the class loader has.
     *
     * @throws ClozeException CONFIG_TASK_UNKNOWN, CONFIG_SETTING, DATA_UNREADABLE, DATA_LABEL_UNKNOWN, and those of opening the model
     */
    public Evaluation<String> evaluate(ClassLoader loader) {
        ClassificationTask<DataRow, String> rows =
                RowTask.of(TaskClasses.of(loader).classification(task), columns);
        List<Labeled<DataRow, String>> examples =
                examples(List.copyOf(rows.labels().keySet()));
        try (PromptPipeline<DataRow, String> pipeline = PromptPipeline.zeroShot(rows)) {
            return pipeline.evaluate(examples);
        }
    }

    /** EVALUATION_BELOW_BAR where it is. */
    public void require(Evaluation<String> evaluation) {
        if (metric.of(evaluation) < minimum) {
            throw new ClozeException(
                    Problem.EVALUATION_BELOW_BAR,
                    task + " has " + metric.said(evaluation) + " on " + file + ", below the bar of "
                            + String.format(Locale.ROOT, "%.4f", minimum) + ".\n  It labels "
                            + Math.round(evaluation.accuracy() * evaluation.n()) + " of " + evaluation.n()
                            + " texts right. Mend the template or its words, or lower the bar.");
        }
    }

    /** The figures as JSON, for whatever keeps them. */
    public String json(Evaluation<String> evaluation) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("task", task);
        figures.put("file", file.toString());
        figures.put("metric", metric.name());
        figures.put("minimum", minimum);
        figures.put("accuracy", evaluation.accuracy());
        figures.put("macroF1", evaluation.macroF1());
        figures.put("matthews", evaluation.matthews());
        figures.put("n", evaluation.n());
        figures.put("labels", evaluation.confusion().labels());
        figures.put("confusion", evaluation.confusion().counts());
        return new GsonBuilder()
                        .disableHtmlEscaping()
                        .setPrettyPrinting()
                        .create()
                        .toJson(figures) + "\n";
    }

    private List<Labeled<DataRow, String>> examples(List<String> names) {
        DataFormat format = DataFormat.of(file)
                .orElseThrow(() -> new ClozeException(
                        Problem.DATA_UNREADABLE,
                        "The name of " + file
                                + " does not say how it is written.\n  Let it end in .csv, .tsv or .jsonl."));
        Map<String, String> values = new LinkedHashMap<>();
        names.forEach(name -> values.put(name, name));
        values.putAll(labels);
        requireLabels(names);
        LabelColumn<String> column = LabelColumn.ofNames(
                        labelColumn,
                        names,
                        "say what they mean in the setting \"labels\", or name their column in \"labelColumn\".")
                .by(values)
                .ignoringCase();
        try (Stream<DataRow> rows = DataFile.of(file).stream(format)) {
            return column.examples(rows.toList(), row -> row);
        }
    }

    private void requireLabels(List<String> names) {
        labels.forEach((value, label) -> {
            if (!names.contains(label)) {
                throw new ClozeException(
                        Problem.CONFIG_SETTING,
                        "The setting \"labels\" says that " + value + " means " + label + ", which is no label of "
                                + task + ".\n  They are: " + String.join(", ", names) + ".");
            }
        });
    }
}
