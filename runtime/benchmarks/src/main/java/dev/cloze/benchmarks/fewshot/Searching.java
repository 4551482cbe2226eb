package dev.cloze.benchmarks.fewshot;

import dev.cloze.benchmarks.fewshot.TableRow.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Chooses each group's learning rate by the development sets of one seed of two data sets, from four; how many
 * steps are taken is chosen with it, as the best of the evaluations on the development set is what is kept.
 */
final class Searching {

    static final int SEED = 13;
    static final List<String> TASKS = List.of("SST-2", "TREC");

    private final FewShotResults results;
    private final Splits splits;
    private final List<FewShotTask> tasks;

    Searching(FewShotResults results, Splits splits, List<FewShotTask> tasks) {
        this.results = results;
        this.splits = splits;
        this.tasks = tasks.stream().filter(task -> TASKS.contains(task.name())).toList();
    }

    /** What has to be measured for a row's learning rate. */
    Map<String, Supplier<Measured>> cells(TableRow row) {
        Map<String, Supplier<Measured>> cells = new LinkedHashMap<>();
        for (double rate : row.search().rates()) {
            for (FewShotTask task : tasks) {
                cells.put(FewShotResults.search(row, task, SEED, rate), () -> row.cell()
                        .measure(task, withoutTest(splits.of(task, SEED)), SEED, rate));
            }
        }
        return cells;
    }

    /** Mean development accuracy by learning rate, of what has been measured. */
    Map<Double, Double> means(TableRow row) {
        Map<Double, Double> means = new LinkedHashMap<>();
        for (double rate : row.search().rates()) {
            means.put(
                    rate,
                    tasks.stream()
                            .mapToDouble(task -> dev(row, task, rate))
                            .average()
                            .orElseThrow());
        }
        return means;
    }

    private double dev(TableRow row, FewShotTask task, double rate) {
        return results.find(FewShotResults.search(row, task, SEED, rate))
                .orElseThrow()
                .measured()
                .dev();
    }

    /** The best, the first of equals. */
    static double best(Map<Double, Double> means) {
        double best = 0;
        double most = -1;
        for (Map.Entry<Double, Double> mean : means.entrySet()) {
            if (mean.getValue() > most) {
                most = mean.getValue();
                best = mean.getKey();
            }
        }
        return best;
    }

    /** A search never sees the test set: the development set stands in its place. */
    private static FewShotData withoutTest(FewShotData data) {
        return new FewShotData(data.train(), data.dev(), data.dev(), data.unlabeled());
    }
}
