package dev.cloze.benchmarks.fewshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is missing, and about how long it takes: by what cells of the same row took, or by the row's guess. */
final class FewShotPlan {

    private final FewShotResults results;

    FewShotPlan(FewShotResults results) {
        this.results = results;
    }

    String text(List<TableRow> rows) {
        List<String> lines = new ArrayList<>();
        double all = 0;
        for (TableRow row : rows) {
            List<String> keys = new ArrayList<>(cells(row));
            keys.addAll(searches(row));
            long missing =
                    keys.stream().filter(key -> results.find(key).isEmpty()).count();
            double seconds = missing * secondsOfOne(row, keys);
            if (missing > 0) {
                lines.add(String.format(
                        Locale.ROOT, "%s: %d to measure, about %.0f minutes", row.id(), missing, seconds / 60));
            }
            all += seconds;
        }
        lines.add(String.format(Locale.ROOT, "About %.1f hours in all.", all / 3600));
        return String.join("\n", lines);
    }

    /** What three cells of four took at most: some were measured on a GPU, others beside other work. */
    private double secondsOfOne(TableRow row, List<String> keys) {
        double[] known = keys.stream()
                .map(results::find)
                .flatMap(Optional::stream)
                .mapToDouble(FewShotResults.Kept::seconds)
                .sorted()
                .toArray();
        return known.length == 0 ? row.seconds() : known[3 * known.length / 4];
    }

    private List<String> cells(TableRow row) {
        return TableRows.tasks(row).stream()
                .flatMap(task -> row.seeds().stream().map(seed -> FewShotResults.cell(row, task, seed)))
                .toList();
    }

    /** Those of a row that is searched, which is the first of its group. */
    private List<String> searches(TableRow row) {
        if (row.search() == Search.NONE || TableRows.searchedFor(row.search()) != row) {
            return List.of();
        }
        return TableRows.tasks(row).stream()
                .filter(task -> Searching.TASKS.contains(task.name()))
                .flatMap(task -> row.search().rates().stream()
                        .map(rate -> FewShotResults.search(row, task, Searching.SEED, rate)))
                .toList();
    }
}
