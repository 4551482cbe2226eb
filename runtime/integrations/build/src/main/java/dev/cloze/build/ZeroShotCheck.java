package dev.cloze.build;

import com.google.gson.GsonBuilder;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataFormat;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.data.LabelColumn;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.RegressionTask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures a task, as it is without training, on a file with right answers, and holds it to a bar: labels, numbers or words.
 *
 * @param task the task class's full name
 * @param file CSV, TSV or JSON lines, by its ending
 * @param minimum the bar, 0 to 1
 * @param metric what the bar is of
 * @param labelColumn the column of the right answers
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
    Measured evaluate(ClassLoader loader) {
        DeclaredPipeline<?> declared = TaskClasses.of(loader).named(task);
        requireMetric(declared.kind());
        Optional<Measured> labels = declared.classification().map(this::labels);
        return labels.or(() -> declared.regression().map(this::numbers))
                .or(() -> declared.cloze().map(this::words))
                .orElseThrow(() -> unmeasured(declared.kind()));
    }

    private Measured labels(ClassificationTask<?, ?> declared) {
        requireColumns(declared.placeholders().keySet());
        ClassificationTask<DataRow, String> rows = RowTask.of(declared, columns);
        List<Labeled<DataRow, String>> examples =
                examples(List.copyOf(rows.labels().keySet()));
        try (PromptPipeline<DataRow, String> pipeline = PromptPipeline.zeroShot(rows)) {
            return Measured.of(pipeline.evaluate(examples));
        }
    }

    private Measured numbers(RegressionTask<?> declared) {
        requireColumns(declared.placeholders().keySet());
        List<Rated<DataRow>> examples = rows().stream()
                .map(row -> new Rated<>(row, row.number(labelColumn)))
                .toList();
        try (RegressionPipeline<DataRow> pipeline = RegressionPipeline.zeroShot(RowTask.of(declared, columns))) {
            return Measured.of(pipeline.evaluate(examples));
        }
    }

    private Measured words(ClozeTask<?> declared) {
        requireColumns(declared.placeholders().keySet());
        List<Answered<DataRow>> examples = rows().stream()
                .map(row -> new Answered<>(row, row.get(labelColumn)))
                .toList();
        try (ClozePipeline<DataRow> pipeline = ClozePipeline.zeroShot(RowTask.of(declared, columns))) {
            return Measured.of(pipeline.evaluate(examples));
        }
    }

    private void requireMetric(TaskKind kind) {
        List<Metric> there = metrics(kind);
        if (there.isEmpty()) {
            throw unmeasured(kind);
        }
        if (!there.contains(metric)) {
            throw new ClozeException(
                    Problem.CONFIG_SETTING,
                    task + " is a task of the kind " + kind + ", which has no " + metric + ".\n  Set the metric to "
                            + String.join(
                                    " or ", there.stream().map(Metric::name).toList()) + ".");
        }
    }

    private static List<Metric> metrics(TaskKind kind) {
        return switch (kind) {
            case CLASSIFICATION -> List.of(Metric.ACCURACY, Metric.MACRO_F1);
            case REGRESSION -> List.of(Metric.PEARSON, Metric.SPEARMAN);
            case CLOZE -> List.of(Metric.PRECISION_AT_1, Metric.MRR);
            case EXTRACTION, TEXT -> List.of();
        };
    }

    private ClozeException unmeasured(TaskKind kind) {
        return new ClozeException(
                Problem.CONFIG_SETTING,
                task + " is a task of the kind " + kind + ", whose right answers are no column of a file."
                        + "\n  Evaluate it in a test, by its pipeline's evaluate.");
    }

    /** EVALUATION_BELOW_BAR where it is, or where there is no such figure. */
    void require(Measured measured) {
        double value = measured.values().getOrDefault(metric, Double.NaN);
        if (!(value >= minimum)) {
            throw new ClozeException(
                    Problem.EVALUATION_BELOW_BAR,
                    task + " has " + metric.words() + " of " + String.format(Locale.ROOT, "%.4f", value) + " on " + file
                            + ", below the bar of " + String.format(Locale.ROOT, "%.4f", minimum)
                            + ".\n  It was asked about "
                            + measured.n() + " texts: "
                            + measured.table().lines().findFirst().orElse("")
                            + "\n  Mend the template or its words, or lower the bar.");
        }
    }

    /** The figures as JSON, for whatever keeps them. */
    String json(Measured measured) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("task", task);
        figures.put("file", file.toString());
        figures.put("metric", metric.name());
        figures.put("minimum", minimum);
        figures.putAll(measured.figures());
        return new GsonBuilder()
                        .disableHtmlEscaping()
                        .setPrettyPrinting()
                        .create()
                        .toJson(figures) + "\n";
    }

    private List<DataRow> rows() {
        DataFormat format = DataFormat.of(file)
                .orElseThrow(() -> new ClozeException(
                        Problem.DATA_UNREADABLE,
                        "The name of " + file
                                + " does not say how it is written.\n  Let it end in .csv, .tsv or .jsonl."));
        try (Stream<DataRow> rows = DataFile.of(file).stream(format)) {
            return rows.toList();
        }
    }

    private List<Labeled<DataRow, String>> examples(List<String> names) {
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
        return column.examples(rows(), row -> row);
    }

    private void requireColumns(Set<String> placeholders) {
        columns.forEach((placeholder, column) -> {
            if (!placeholders.contains(placeholder)) {
                throw new ClozeException(
                        Problem.CONFIG_SETTING,
                        "The setting \"columns\" names the column " + column + " for " + placeholder
                                + ", which is no placeholder of " + task + ".\n  They are: "
                                + String.join(", ", placeholders) + ".");
            }
        });
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
