package dev.cloze.cli.task;

import dev.cloze.cli.parquet.ParquetRows;
import dev.cloze.cli.parquet.PlainColumns;
import dev.cloze.problem.NearestName;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.data.LabelColumn;
import dev.cloze.runtime.data.SpelledRows;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How files of texts are read. */
final class DataFlags {

    /** What stands for standard input where a file is named. */
    static final Path STANDARD = Path.of("-");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "How the files are written: ${COMPLETION-CANDIDATES}; by their names' endings otherwise, .csv,"
                            + " .tsv, .jsonl, each with .gz too, and .parquet. Needed for standard input, which is \"-\".")
    private @Nullable TableFormat format;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "The columns' names, parted by commas, where the first line is no line of names.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--column",
            paramLabel = "NAME=COLUMN",
            description =
                    "What the file calls the column that templates have as {NAME}: text=\"Review Text\". Once for each that"
                            + " is called otherwise.")
    private Map<String, String> templateColumns = new LinkedHashMap<>();

    @Option(names = "--charset", paramLabel = "NAME", description = "The files' encoding; UTF-8 otherwise.")
    private @Nullable Charset charset;

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            description = "What stands between values; what the file shows otherwise.")
    private @Nullable Character delimiter;

    @Option(
            names = "--quotes",
            paramLabel = "true|false",
            arity = "1",
            description =
                    "Whether quotes enclose values; in CSV they do otherwise, in TSV where the file shows it, as those"
                            + " of pandas, R and Excel do.")
    private @Nullable Boolean quotes;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            defaultValue = "label",
            description = "The column of the right labels, or of what else is right; \"${DEFAULT-VALUE}\" otherwise.")
    private String labelColumn;

    @Option(
            names = "--label-value",
            paramLabel = "VALUE=LABEL",
            description =
                    "What a value of that column means, such as 1=positive; values are labels' names, in any case,"
                            + " otherwise.")
    private Map<String, String> labelValues = new LinkedHashMap<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DataFlags() {}

    /** The records of a file one by one, or of these bytes where it is "-", and how they are spelled; who asks closes them. */
    SpelledRows spelled(Path path, InputStream standardInput) {
        TableFormat of = format(path);
        if (of == TableFormat.PARQUET) {
            return SpelledRows.of(ParquetRows.of(file(path)));
        }
        return path.equals(STANDARD)
                ? text(path).spelled(of.text(), standardInput)
                : text(path).spelled(of.text());
    }

    /** The columns of numbers and truth values, where the file says which they are. */
    PlainColumns plainColumns(Path path) {
        return format(path) == TableFormat.PARQUET ? ParquetRows.plainColumns(path) : PlainColumns.NONE;
    }

    /** All records of a file, as templates read them. */
    List<DataRow> inputs(Path path) {
        return rows(path).stream().map(this::input).toList();
    }

    private List<DataRow> rows(Path path) {
        try (SpelledRows spelled = spelled(path, System.in)) {
            return spelled.rows().toList();
        }
    }

    /** All records of a file, as templates read them, each with its label. */
    List<Labeled<DataRow, String>> examples(Path path, Set<String> labels) {
        return labels(labels).examples(rows(path), this::input);
    }

    /** What is right for the records of a file, where it is no label. */
    RightAnswers rightAnswers(Path path) {
        if (!labelValues.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--label-value is of labels, and this pipeline gives none: leave it out.");
        }
        return new RightAnswers(rows(path), labelColumn, this::input);
    }

    /** A record as templates read it: with their names of its columns beside its own. */
    DataRow input(DataRow row) {
        if (templateColumns.isEmpty()) {
            return row;
        }
        Map<String, String> values = new LinkedHashMap<>(row.values());
        Set<String> json = new LinkedHashSet<>(row.json());
        templateColumns.forEach((name, column) -> {
            values.put(name, row.get(column));
            if (row.json().contains(column)) {
                json.add(name);
            }
        });
        return new DataRow(row.file(), row.line(), values, json);
    }

    /** Refuses a name that no template of the task reads. */
    void requireNames(SpokenTask task) {
        List<String> read = task.columns();
        for (String name : templateColumns.keySet()) {
            if (read.stream().noneMatch(column -> column.equals(name) || column.startsWith(name + "."))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--column " + name + "=" + templateColumns.get(name) + " is of no template: none has {"
                                + name
                                + "}. " + NearestName.suggestion(name, read) + " They read: "
                                + String.join(", ", read) + ".");
            }
        }
    }

    private LabelColumn<String> labels(Set<String> labels) {
        Map<String, String> values = new LinkedHashMap<>();
        labels.forEach(label -> values.put(label, label));
        labelValues.forEach((value, label) -> {
            if (!labels.contains(label)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--label-value " + value + "=" + label + " names no label of the task. "
                                + NearestName.suggestion(label, labels) + " They are: " + String.join(", ", labels)
                                + ".");
            }
            values.put(value, label);
        });
        LabelColumn<String> column = LabelColumn.ofNames(
                        labelColumn,
                        labels,
                        "say what they mean, --label-value VALUE="
                                + labels.iterator().next() + ", or name the labels' column: --label-column.")
                .by(values);
        long unlike = values.keySet().stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        return unlike == values.size() ? column.ignoringCase() : column;
    }

    /** The format of a file. */
    TableFormat format(Path path) {
        if (format != null) {
            return format;
        }
        return TableFormat.of(path)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        (path.equals(STANDARD)
                                        ? "Standard input has no name"
                                        : "The name of " + path + " does not end so")
                                + " that its format could be told: --format CSV, TSV, JSON_LINES or PARQUET says it."));
    }

    /** Parquet begins at its end, and says itself what is a column and how it is written. */
    private Path file(Path path) {
        if (path.equals(STANDARD)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Parquet is read from its end, and can't come from standard input: name the file.");
        }
        if (!columns.isEmpty() || charset != null || delimiter != null || quotes != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--columns, --charset, --delimiter and --quotes say how a text is read, and " + path
                            + " is Parquet.");
        }
        return path;
    }

    private DataFile text(Path path) {
        DataFile file = DataFile.of(path);
        file = columns.isEmpty() ? file : file.withColumns(columns.toArray(String[]::new));
        file = charset == null ? file : file.withCharset(charset);
        file = delimiter == null ? file : file.withDelimiter(delimiter);
        return quotes == null ? file : file.withQuotes(quotes);
    }
}
