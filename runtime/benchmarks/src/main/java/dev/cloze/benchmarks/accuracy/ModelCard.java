package dev.cloze.benchmarks.accuracy;

import dev.cloze.annotations.Calibration;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.SharedFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures the default model on five public data sets, without examples and after sixteen a label, and prints the table
 * of its model card.
 *
 * <p>Its arguments are names of the data sets to measure on; without any it is all of them. The data sets lie in a folder beside the repository ({@link SharedFolder}). Progress goes to standard error.
 */
public final class ModelCard {

    private final PrintStream progress;

    private ModelCard(PrintStream progress) {
        this.progress = progress;
    }

    public static void main(String[] arguments) {
        Optional<Path> data = SharedFolder.data();
        if (data.isEmpty()) {
            System.err.println(SharedFolder.MISSING);
            System.exit(2);
        }
        Set<String> names = Set.of(arguments);
        List<AccuracyTask> tasks = AccuracyTasks.all(data.orElseThrow()).stream()
                .filter(task -> names.isEmpty() || names.contains(task.name()))
                .toList();
        List<CardRow> rows = new ModelCard(System.err).measure(tasks);
        System.out.println(CardRow.HEADING);
        rows.forEach(row -> System.out.println(row.markdown()));
        System.out.println("\nLearning rates tried: " + Accuracy.LEARNING_RATES + "; " + Accuracy.OPTIONS);
    }

    private List<CardRow> measure(List<AccuracyTask> tasks) {
        List<CardRow> rows = new ArrayList<>();
        for (AccuracyTask task : tasks) {
            CardRow row = measure(task);
            progress.println(row.markdown());
            rows.add(row);
        }
        return rows;
    }

    private CardRow measure(AccuracyTask task) {
        double zeroShot = Accuracy.zeroShot(task, Calibration.NONE);
        double contextual = Accuracy.zeroShot(task, Calibration.CONTEXTUAL);
        double pmi = Accuracy.zeroShot(task, Calibration.PMI);
        double[] tuned = new double[LmBffSplits.SEEDS.size()];
        for (int i = 0; i < tuned.length; i++) {
            int seed = LmBffSplits.SEEDS.get(i);
            Accuracy.Tuned result = Accuracy.tuned(task, seed);
            progress.println(task.name() + ", seed " + seed + ": " + result);
            tuned[i] = result.test();
        }
        return new CardRow(task, zeroShot, contextual, pmi, Spread.of(tuned));
    }
}
