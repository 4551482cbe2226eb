package dev.cloze.cli.task;

import dev.cloze.cli.parquet.ParquetRowWriter;
import dev.cloze.runtime.data.DataFormat;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.data.SpelledRows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Predicts for the texts of a file. */
@Command(
        name = "predict",
        description =
                "Predicts for the texts of a file of any size, with a saved pipeline of any kind, or labels them without"
                        + " training by --template and --label: its records come out with the column \"predicted\", of"
                        + " labels and words also \"probability\", added.")
public final class PredictCommand implements Callable<Integer> {

    /** Records that are predicted, and held, at once. */
    private static final int BATCH = 256;

    @Mixin
    private PipelineFlags pipeline;

    @Mixin
    private DataFlags data;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Where the records are written, by its ending as CSV, TSV, JSON lines (zipped where .gz follows) or Parquet, and put in place when"
                            + " all are; standard output otherwise, in the format of the input, Parquet as JSON lines.")
    private @Nullable Path output;

    @Option(names = "--probabilities", description = "The probability of every label too, as \"probability of NAME\".")
    private boolean probabilities;

    @Parameters(paramLabel = "FILE", description = "The texts; \"-\" for standard input.")
    private Path texts;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    PredictCommand() {}

    @Override
    public Integer call() {
        TableFormat input = data.format(texts);
        try (RowPredictions opened = pipeline.predictions(data, probabilities)) {
            Path file = output;
            if (file == null) {
                writeText(opened, input.text(), spec.commandLine().getOut());
            } else {
                TableFormat format = TableFormat.of(file).orElse(input);
                boolean isZipped = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
                OutputFile.write(file, draft -> writeTo(draft, format, isZipped, opened));
            }
        } catch (IOException e) {
            throw OutputFile.unwritable(Path.of("standard output"), e);
        }
        return 0;
    }

    private void writeTo(Path file, TableFormat format, boolean isZipped, RowPredictions opened) throws IOException {
        if (format == TableFormat.PARQUET) {
            HeadColumns columns = new HeadColumns();
            try (ParquetRowWriter out = new ParquetRowWriter(file, data.plainColumns(texts))) {
                write(opened, like -> values -> {
                    columns.take(values);
                    out.write(values);
                });
                out.evenWithoutRecords("predicted");
            }
            return;
        }
        OutputStream bytes = Files.newOutputStream(file);
        try (PrintWriter out = new PrintWriter(new OutputStreamWriter(
                isZipped ? new GZIPOutputStream(bytes) : new BufferedOutputStream(bytes), StandardCharsets.UTF_8))) {
            writeText(opened, format.text(), out);
            if (out.checkError()) {
                throw new IOException("a record was not written; no space may be left");
            }
        }
    }

    private void writeText(RowPredictions opened, DataFormat format, PrintWriter out) throws IOException {
        boolean isAlike = data.format(texts).text() == format;
        write(opened, like -> new RowWriter(format, out, like, isAlike)::write);
    }

    /** Takes records. */
    private interface Records {
        void write(Map<String, Object> values) throws IOException;
    }

    private void write(RowPredictions opened, Function<SpelledRows, Records> writers) throws IOException {
        try (SpelledRows spelled = data.spelled(texts, System.in);
                RecordProgress progress = RecordProgress.of(output != null)) {
            Records writer = writers.apply(spelled);
            Iterator<DataRow> each = spelled.rows().iterator();
            while (each.hasNext()) {
                List<DataRow> batch = new ArrayList<>();
                while (batch.size() < BATCH && each.hasNext()) {
                    batch.add(each.next());
                }
                write(batch, opened.of(batch.stream().map(data::input).toList()), writer);
                progress.add(batch.size());
            }
        }
    }

    private static void write(List<DataRow> batch, List<Map<String, Object>> predictions, Records writer)
            throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            Map<String, Object> written = asRead(batch.get(i));
            written.putAll(predictions.get(i));
            writer.write(written);
        }
    }

    private static Map<String, Object> asRead(DataRow row) {
        Map<String, Object> values = new LinkedHashMap<>();
        row.values()
                .forEach((column, text) -> values.put(column, row.json().contains(column) ? new JsonText(text) : text));
        return values;
    }
}
