package dev.cloze.benchmarks.softmethods;

import dev.cloze.benchmarks.accuracy.LearningRates;
import dev.cloze.benchmarks.accuracy.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The page's tables, made of what has been measured so far; a cell is empty where nothing has. */
final class SoftMethodsPage {

    static final List<String> DATA_SETS = List.of("SST-2", "AG News");

    private final SoftMethodsTable table;

    SoftMethodsPage(SoftMethodsTable table) {
        this.table = table;
    }

    /** The page of this text, the tables in the places that it keeps for them. */
    String text(String prose) {
        return prose.replace("{results}", results()).replace("{searched}", searched());
    }

    private String results() {
        StringBuilder text = new StringBuilder(
                "| method | SST-2 | AG News | trained parameters | on disk |\n|---|---:|---:|---:|---:|\n");
        for (MethodRow row : MethodRow.all()) {
            text.append("| ").append(row.title());
            DATA_SETS.forEach(data -> text.append(" | ").append(cell(row, data, run -> Spread.percent(run.test()))));
            text.append(" | ").append(cell(row, DATA_SETS.get(0), run -> grouped(run.trained())));
            text.append(" | ").append(cell(row, DATA_SETS.get(0), run -> size(run.bytes())));
            text.append(" |\n");
        }
        return text.toString();
    }

    private String cell(MethodRow row, String data, Function<MethodRun, String> shown) {
        return table.run(row, data).map(shown).orElse("");
    }

    private String searched() {
        StringBuilder text = new StringBuilder("| method | first | second | third | fourth |\n|---|---|---|---|---|\n");
        for (MethodRow row : MethodRow.all()) {
            text.append("| ").append(row.title());
            for (double rate : row.rates()) {
                Optional<MethodRun> tried = table.search(row, rate);
                text.append(" | ").append(LearningRates.text(rate)).append(": ");
                text.append(tried.map(run -> Spread.percent(run.dev())).orElse(""));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
