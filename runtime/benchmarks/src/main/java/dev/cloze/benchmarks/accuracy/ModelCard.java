package dev.cloze.benchmarks.accuracy;

import dev.cloze.annotations.Calibration;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.SharedFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures a model on public data sets, without examples and after sixteen a label, and prints the table of its
 * model card.
 *
 * <p>Its arguments are the model's name, how many test texts to measure on at most, how many of the five seeds to tune with (0
 * to measure zero-shot accuracy alone), a file in which each measurement is kept as soon as it is there, and names of data
 * sets; without any it is all of them. Started again with the same file it measures only what is missing there. The data sets
 * lie in a folder beside the repository ({@link SharedFolder}). Progress goes to standard error.
 */
public final class ModelCard {

    private final Measurements finished;
    private final List<Integer> seeds;
    private final PrintStream progress;

    private ModelCard(Measurements finished, List<Integer> seeds, PrintStream progress) {
        this.finished = finished;
        this.seeds = seeds;
        this.progress = progress;
    }

    public static void main(String[] arguments) throws IOException {
        Optional<Path> data = SharedFolder.data();
        if (data.isEmpty()) {
            System.err.println(SharedFolder.MISSING);
            System.exit(2);
        }
        List<String> given = List.of(arguments);
        Set<String> names = Set.copyOf(given.subList(4, given.size()));
        List<AccuracyTask> tasks =
                AccuracyTasks.all(data.orElseThrow(), given.get(0), Integer.parseInt(given.get(1))).stream()
                        .filter(task -> names.isEmpty() || names.contains(task.name()))
                        .toList();
        Measurements finished = Measurements.in(Path.of(given.get(3)));
        List<Integer> seeds = LmBffSplits.SEEDS.subList(0, Integer.parseInt(given.get(2)));
        List<CardRow> rows = new ModelCard(finished, seeds, System.err).measure(tasks);
        System.out.println(CardRow.heading(!seeds.isEmpty()));
        rows.forEach(row -> System.out.println(row.markdown()));
        if (seeds.isEmpty()) {
            return;
        }
        System.out.printf(
                "%nSeeds %s; learning rates tried: %s; %d steps of %d examples, evaluated each %d.%n",
                seeds,
                Accuracy.learningRates(given.get(0)),
                Accuracy.OPTIONS.maxSteps(),
                Accuracy.OPTIONS.batchSize(),
                Accuracy.OPTIONS.evaluateEvery());
    }

    private List<CardRow> measure(List<AccuracyTask> tasks) throws IOException {
        for (AccuracyTask task : tasks) {
            for (Calibration calibration : Calibration.values()) {
                zeroShot(task, calibration);
            }
        }
        // Seed by seed, so that whatever a run that is cut off leaves out, it leaves out of every data set.
        for (int seed : seeds) {
            for (AccuracyTask task : tasks) {
                tuned(task, seed);
            }
        }
        List<CardRow> rows = new ArrayList<>();
        for (AccuracyTask task : tasks) {
            rows.add(row(task));
        }
        return rows;
    }

    private CardRow row(AccuracyTask task) throws IOException {
        double[] tuned = new double[seeds.size()];
        for (int i = 0; i < tuned.length; i++) {
            tuned[i] = tuned(task, seeds.get(i));
        }
        return new CardRow(
                task,
                zeroShot(task, Calibration.NONE),
                zeroShot(task, Calibration.CONTEXTUAL),
                zeroShot(task, Calibration.PMI),
                seeds.isEmpty() ? Optional.empty() : Optional.of(Spread.of(tuned)));
    }

    private double zeroShot(AccuracyTask task, Calibration calibration) throws IOException {
        String key = key(task, "zero-shot " + calibration);
        return finished.get(key, () -> told(key, List.of(Accuracy.zeroShot(task, calibration))))
                .get(0);
    }

    private double tuned(AccuracyTask task, int seed) throws IOException {
        String key = key(task, "tuned with seed " + seed + " (learning rate, dev, test)");
        return finished.get(key, () -> {
                    Accuracy.Tuned result = Accuracy.tuned(task, seed);
                    return told(key, List.of(result.learningRate(), result.dev(), result.test()));
                })
                .get(2);
    }

    private List<Double> told(String key, List<Double> measured) {
        progress.println(key + ": " + measured);
        return measured;
    }

    private static String key(AccuracyTask task, String what) {
        return task.backbone() + ", " + task.name() + ", " + task.test().size() + " texts, " + what;
    }
}
