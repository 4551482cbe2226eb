package dev.cloze.benchmarks.tabletotext;

import dev.cloze.benchmarks.accuracy.Measurements;
import dev.cloze.testkit.data.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Has a decoder tell the facts of E2E and WebNLG before any training, with a prefix, and after tuning all its weights, and writes the
 * page.
 *
 * <p>Its arguments are the folder of {@code results.tsv} and {@code page.md}, the page to write, the model, the training steps, and what
 * to do: {@code plan} says what is missing, {@code measure} measures it, going on where a run was cut off, {@code page} writes the page
 * of what there is.
 */
public final class WritingTable {

    private static final List<String> DATA_SETS = List.of("E2E", "WebNLG");

    private final Measurements kept;
    private final String model;
    private final int steps;

    private WritingTable(Measurements kept, String model, int steps) {
        this.kept = kept;
        this.model = model;
        this.steps = steps;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        WritingTable table = new WritingTable(
                Measurements.in(folder.resolve("results.tsv")), arguments[2], Integer.parseInt(arguments[3]));
        String what = arguments[4];
        System.err.println(table.missing() + " of "
                + DATA_SETS.size() * WritingRow.all(table.model).size() + " runs are missing.");
        if (what.equals("measure")) {
            Optional<Path> data = SharedFolder.data();
            if (data.isEmpty()) {
                System.err.println(SharedFolder.MISSING);
                System.exit(2);
            }
            table.measure(FactTexts.all(data.orElseThrow()));
        }
        if (!what.equals("plan")) {
            String prose = Files.readString(folder.resolve("page.md"));
            Files.writeString(Path.of(arguments[1]), prose.replace("{results}", table.results()));
        }
    }

    private long missing() {
        return WritingRow.all(model).stream()
                .flatMap(row -> DATA_SETS.stream().map(data -> kept.find(key(row, data))))
                .filter(Optional::isEmpty)
                .count();
    }

    private void measure(List<FactTexts> all) throws IOException {
        for (FactTexts data : all) {
            for (WritingRow row : WritingRow.all(model)) {
                String key = key(row, data.name());
                List<Double> numbers = kept.get(
                        key, () -> WritingRun.measured(row, data, steps).numbers());
                System.err.println(key + ": " + WritingRun.of(numbers));
            }
        }
    }

    private String key(WritingRow row, String data) {
        return row.id() + ", " + data + ", " + steps + " steps";
    }

    private String results() {
        StringBuilder text = new StringBuilder("| data | | BLEU | ROUGE-L | chrF | perplexity | trained | minutes |\n"
                + "|---|---|---:|---:|---:|---:|---:|---:|\n");
        for (String data : DATA_SETS) {
            for (WritingRow row : WritingRow.all(model)) {
                text.append("| ").append(data).append(" | ").append(row.title());
                text.append(kept.find(key(row, data))
                        .map(WritingRun::of)
                        .map(WritingTable::cells)
                        .orElse(" |  |  |  |  |  |  |"));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String cells(WritingRun run) {
        return String.format(
                Locale.ROOT,
                " | %.1f | %.1f | %.1f | %.2f | %,d | %.0f |",
                run.bleu(),
                run.rougeL(),
                run.chrF(),
                run.perplexity(),
                run.trained(),
                run.seconds() / 60);
    }
}
