package dev.cloze.benchmarks.fewshot;

import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Measures all methods on a few examples of several data sets and writes the page of the table.
 *
 * <p>Its arguments are the folder of {@code splits.tsv}, {@code results.tsv} and {@code page.md}, the page to write, what to
 * do, and the ids of rows between commas, or {@code all}. {@code plan} only says what is missing and how long that will
 * take; {@code measure} measures it, and goes on where a run was cut off, beside other processes that do the same; {@code page} writes the page of what there is; {@code
 * draw} draws the splits anew.
 */
public final class FewShotTable {

    /** The splits of PET, which takes long. */
    static final List<Integer> FEW_SEEDS = LmBffSplits.SEEDS.subList(0, 3);

    private final FewShotResults results;
    private final Splits splits;
    private final List<TableRow> rows;

    private FewShotTable(FewShotResults results, Splits splits, List<TableRow> rows) {
        this.results = results;
        this.splits = splits;
        this.rows = rows;
    }

    public static void main(String[] arguments) throws IOException {
        Optional<Path> found = SharedFolder.data();
        if (found.isEmpty()) {
            System.err.println(SharedFolder.MISSING);
            System.exit(2);
        }
        Path data = found.orElseThrow();
        Path folder = Path.of(arguments[0]);
        String what = arguments[2];
        if (what.equals("draw")) {
            Splits.draw(drawn(), LmBffSplits.SEEDS, FEW_SEEDS, folder.resolve("splits.tsv"), data);
            return;
        }
        FewShotTable table = new FewShotTable(
                FewShotResults.in(folder.resolve("results.tsv")),
                Splits.read(folder.resolve("splits.tsv"), data),
                chosen(arguments[3]));
        System.err.println(new FewShotPlan(table.results).text(table.rows));
        if (what.equals("measure")) {
            table.checkSplits();
            table.measure();
        }
        if (!what.equals("plan")) {
            String prose = Files.readString(folder.resolve("page.md"));
            Files.writeString(Path.of(arguments[1]), new FewShotPage(table.results).text(prose));
        }
    }

    /** All data sets whose splits are drawn, in the list's order. */
    static List<FewShotTask> drawn() {
        return Stream.of(FewShotTasks.all(), PairTasks.all(), List.of(PairTasks.similarity()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<TableRow> chosen(String ids) {
        List<String> known = TableRows.all().stream().map(TableRow::id).toList();
        Set<String> wanted = ids.equals("all") ? Set.copyOf(known) : Set.of(ids.split(","));
        if (!known.containsAll(wanted)) {
            throw new IllegalArgumentException("There is no such row among " + ids + ". There are: " + known);
        }
        return TableRows.all().stream().filter(row -> wanted.contains(row.id())).toList();
    }

    /** Before anything is measured, as a file that holds something else may be needed hours later. */
    private void checkSplits() {
        for (TableRow row : rows) {
            TableRows.tasks(row).forEach(task -> row.seeds().forEach(seed -> splits.of(task, seed)));
        }
    }

    private void measure() throws IOException {
        Map<Search, Double> rates = rates();
        Map<String, Supplier<TableRow.Measured>> cells = new LinkedHashMap<>();
        // Seed by seed, so that a run that is cut off leaves out the same of every row.
        for (int seed : LmBffSplits.SEEDS) {
            for (TableRow row : rows) {
                if (row.seeds().contains(seed)) {
                    for (FewShotTask task : TableRows.tasks(row)) {
                        double rate = rates.getOrDefault(row.search(), 0.0);
                        cells.put(FewShotResults.cell(row, task, seed), () -> TableRows.cell(row, task)
                                .measure(task, splits.of(task, seed), seed, rate));
                    }
                }
            }
        }
        results.all(cells);
    }

    private Map<Search, Double> rates() throws IOException {
        List<Search> searched = Stream.of(Search.values())
                .filter(search -> search != Search.NONE)
                .filter(search -> rows.stream().anyMatch(row -> row.search() == search))
                .toList();
        Searching searching = new Searching(results, splits, FewShotTasks.all());
        Map<String, Supplier<TableRow.Measured>> cells = new LinkedHashMap<>();
        searched.forEach(search -> cells.putAll(searching.cells(TableRows.searchedFor(search))));
        results.all(cells);
        Map<Search, Double> rates = new EnumMap<>(Search.class);
        searched.forEach(search -> rates.put(search, Searching.best(searching.means(TableRows.searchedFor(search)))));
        return rates;
    }
}
