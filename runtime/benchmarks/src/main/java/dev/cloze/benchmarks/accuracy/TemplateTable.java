package dev.cloze.benchmarks.accuracy;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Tuning;
import dev.cloze.runtime.FoundTemplates;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TemplateSearch;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.FewShotSplit;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.SharedFolder;
import dev.cloze.testkit.data.TextExample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Templates that a T5 writes for the default model beside those that people chose: the table of {@code
 * docs/guide/finding-templates.md}, from sixteen examples a label.
 *
 * <p>Its arguments are the T5, the number of seeds, the most test texts, and a folder for what is measured, where a run that was
 * cut off goes on.
 */
public final class TemplateTable {

    /** Its rate for both: the one that the model's card has more often chosen. */
    private static final double LEARNING_RATE = 1e-4;

    private static final int CANDIDATES = 8;

    private final TemplateSearch search;
    private final Path folder;
    private final Measurements measurements;
    private final int seeds;

    private TemplateTable(TemplateSearch search, Path folder, int seeds) throws IOException {
        this.search = search;
        this.folder = folder;
        this.measurements = Measurements.in(folder.resolve("templates.tsv"));
        this.seeds = seeds;
    }

    /**
     * Accuracies of one seed's trainings, 0 to 1.
     *
     * @param dev with the template that was found, on the development set
     */
    private record Pair(double byHand, double found, double dev) {}

    public static void main(String[] arguments) throws IOException {
        Path data = SharedFolder.data().orElseThrow(() -> new IllegalStateException(SharedFolder.MISSING));
        TemplateSearch search =
                TemplateSearch.with(arguments[0]).withCandidates(CANDIDATES).withSteps(Accuracy.OPTIONS.maxSteps());
        TemplateTable table = new TemplateTable(search, Path.of(arguments[3]), Integer.parseInt(arguments[1]));
        List<String> rows = new ArrayList<>();
        for (AccuracyTask task : AccuracyTasks.all(data, Tuning.DEFAULT_BACKBONE, Integer.parseInt(arguments[2]))) {
            rows.add(table.row(task));
        }
        System.out.println("| data set | by hand | found |\n|---|---:|---:|\n" + String.join("\n", rows));
    }

    private String row(AccuracyTask task) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (int seed : LmBffSplits.SEEDS.subList(0, seeds)) {
            pairs.add(pair(task, seed));
        }
        return "| " + task.name() + " | "
                + Spread.of(pairs.stream().mapToDouble(Pair::byHand).toArray()).percent() + " | "
                + Spread.of(pairs.stream().mapToDouble(Pair::found).toArray()).percent() + " |";
    }

    private Pair pair(AccuracyTask task, int seed) throws IOException {
        String key = task.name() + ", seed " + seed;
        List<Double> numbers = measurements.get(key, () -> measure(task, seed, key));
        Pair pair = new Pair(numbers.get(0), numbers.get(1), numbers.get(2));
        System.err.printf(
                "%s: by hand %.3f, found %.3f (dev %.3f)%n%s%n",
                key, pair.byHand(), pair.found(), pair.dev(), Files.readString(found(key)));
        return pair;
    }

    private List<Double> measure(AccuracyTask task, int seed, String key) {
        FewShotSplit<TextExample> split = task.splits().apply(seed);
        FoundTemplates found = trainer(task, seed)
                .options(defaults -> options(seed).withCheckpointFolder(folder.resolve(key)))
                .searchTemplates(search, AccuracyTask.labeled(split.train()), AccuracyTask.labeled(split.dev()));
        write(found(key), found);
        return List.of(
                accuracy(task, split, trainer(task, seed)),
                accuracy(task, split, trainer(task, seed).templates(found.best(1))),
                found.best().devScore().orElseThrow());
    }

    private Path found(String key) {
        return folder.resolve(key + ".txt");
    }

    /** The best five, to be read. */
    private static void write(Path file, FoundTemplates found) {
        try {
            Files.write(
                    file,
                    IntStream.range(0, Math.min(5, found.choices().size()))
                            .mapToObj(i -> found.choices().get(i).source())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PromptTrainer<TextExample, String> trainer(AccuracyTask task, int seed) {
        return PromptTrainer.of(task.declared(Calibration.NONE))
                .options(defaults -> options(seed))
                .quiet();
    }

    private static TrainingOptions options(int seed) {
        return Accuracy.OPTIONS.withLearningRate(LEARNING_RATE).withSeed(seed);
    }

    private static double accuracy(
            AccuracyTask task, FewShotSplit<TextExample> split, PromptTrainer<TextExample, String> trainer) {
        try (PromptPipeline<TextExample, String> tuned =
                trainer.fit(AccuracyTask.labeled(split.train()), AccuracyTask.labeled(split.dev()))) {
            return tuned.evaluate(AccuracyTask.labeled(task.test())).accuracy();
        }
    }
}
