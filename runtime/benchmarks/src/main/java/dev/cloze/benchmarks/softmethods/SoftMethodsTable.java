package dev.cloze.benchmarks.softmethods;

import dev.cloze.benchmarks.accuracy.Measurements;
import dev.cloze.testkit.data.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trains every row of the table on ten thousand examples of two data sets and writes its page.
 *
 * <p>Its arguments are the folder of {@code results.tsv} and {@code page.md}, the page to write, and what to do: {@code plan}
 * says what is missing, {@code measure} measures it, going on where a run was cut off and beside other processes that do the same, {@code page} writes the page of what
 * there is.
 */
public final class SoftMethodsTable {

    /** What a training took on one free core, until some have been measured: searched, and of the table. */
    private static final int SEARCH_MINUTES = 3;

    private static final int RUN_MINUTES = 12;

    private final Measurements kept;

    private SoftMethodsTable(Measurements kept) {
        this.kept = kept;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SoftMethodsTable table = new SoftMethodsTable(Measurements.in(folder.resolve("results.tsv")));
        String what = arguments[2];
        System.err.println(table.plan());
        if (what.equals("measure")) {
            Optional<Path> data = SharedFolder.data();
            if (data.isEmpty()) {
                System.err.println(SharedFolder.MISSING);
                System.exit(2);
            }
            table.measure(ManyExamples.all(data.orElseThrow()));
        }
        if (!what.equals("plan")) {
            String prose = Files.readString(folder.resolve("page.md"));
            Files.writeString(Path.of(arguments[1]), new SoftMethodsPage(table).text(prose));
        }
    }

    private String plan() {
        int minutes = 0;
        for (MethodRow row : MethodRow.all()) {
            for (double rate : row.rates()) {
                minutes += search(row, rate).isPresent() ? 0 : SEARCH_MINUTES;
            }
            for (String data : SoftMethodsPage.DATA_SETS) {
                minutes += run(row, data).isPresent() ? 0 : RUN_MINUTES;
            }
        }
        return "About " + minutes + " minutes of one core are left.";
    }

    private void measure(List<ManyExamples> all) throws IOException {
        Map<String, Supplier<List<Double>>> searches = new LinkedHashMap<>();
        for (MethodRow row : MethodRow.all()) {
            for (double rate : row.rates()) {
                searches.put(searchKey(row, rate), () -> MethodRun.searched(row, all.get(0), rate)
                        .numbers());
            }
        }
        kept.all(searches);
        Map<String, Supplier<List<Double>>> runs = new LinkedHashMap<>();
        for (MethodRow row : MethodRow.all()) {
            double best = bestRate(row).orElseThrow();
            for (ManyExamples data : all) {
                runs.put(runKey(row, data.name()), () -> MethodRun.measured(row, data, best)
                        .numbers());
            }
        }
        kept.all(runs);
    }

    /** The rate with the best accuracy on dev, of equals the lowest; empty while one has not been tried. */
    Optional<Double> bestRate(MethodRow row) {
        double best = 0;
        double most = -1;
        for (double rate : row.rates()) {
            Optional<MethodRun> tried = search(row, rate);
            if (tried.isEmpty()) {
                return Optional.empty();
            }
            if (tried.orElseThrow().dev() > most) {
                most = tried.orElseThrow().dev();
                best = rate;
            }
        }
        return Optional.of(best);
    }

    Optional<MethodRun> search(MethodRow row, double rate) {
        return kept.find(searchKey(row, rate)).map(MethodRun::of);
    }

    Optional<MethodRun> run(MethodRow row, String data) {
        return kept.find(runKey(row, data)).map(MethodRun::of);
    }

    private static String searchKey(MethodRow row, double rate) {
        return "search, " + row.id() + ", SST-2, learning rate " + rate;
    }

    private static String runKey(MethodRow row, String data) {
        return row.id() + ", " + data;
    }
}
