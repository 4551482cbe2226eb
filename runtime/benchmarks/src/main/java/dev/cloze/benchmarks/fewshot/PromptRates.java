package dev.cloze.benchmarks.fewshot;

import dev.cloze.annotations.PTuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.accuracy.LearningRates;
import dev.cloze.benchmarks.fewshot.TableRow.Cell;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.SharedFolder;
import dev.cloze.testkit.data.TextExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures methods that train the vectors of virtual tokens at several learning rates, from which their usual ones are chosen: the
 * accuracy after 250 steps, the best of five evaluations on the development set, on what the other seeds drew to train on and to
 * choose by. No test example is looked at.
 *
 * <p>Its arguments are the folder of {@code splits.tsv}, the models and the methods, between commas: {@code prompt-tuning}, {@code
 * p-tuning} without a network, {@code p-tuning-joint}, which tunes the model too, and {@code multitask-prompt-tuning} of one task.
 */
public final class PromptRates {

    private static final List<Double> RATES = List.of(2e-3, 5e-3, 2e-2, 5e-2, 2e-1);
    private static final List<Integer> SEEDS = List.of(13, 21);
    private static final List<String> TASKS = List.of("SST-2", "CR");
    private static final int LENGTH = 20;

    private PromptRates() {}

    public static void main(String[] arguments) throws IOException {
        Optional<Path> found = SharedFolder.data();
        if (found.isEmpty()) {
            System.err.println(SharedFolder.MISSING);
            System.exit(2);
        }
        Splits splits = Splits.read(Path.of(arguments[0]).resolve("splits.tsv"), found.orElseThrow());
        for (String model : arguments[1].split(",")) {
            for (String method : arguments[2].split(",")) {
                TaskTuning tuning = tuning(method, model);
                for (double rate : RATES) {
                    System.out.println(method + " of " + model + " at " + LearningRates.text(rate) + ": "
                            + line(splits, tuning, rate));
                }
            }
        }
    }

    private static TaskTuning tuning(String method, String model) {
        return switch (method) {
            case "prompt-tuning" -> of(TuningMethod.PROMPT_TUNING, model);
            case "p-tuning" -> bare(model).with("freezeBackbone", true);
            case "p-tuning-joint" -> bare(model).with("freezeBackbone", false);
            case "multitask-prompt-tuning" -> of(TuningMethod.MULTITASK_PROMPT_TUNING, model);
            default -> throw new IllegalArgumentException("No method of these: " + method);
        };
    }

    private static TaskTuning bare(String model) {
        return of(TuningMethod.P_TUNING, model).with("encoder", PTuning.Encoder.NONE);
    }

    private static TaskTuning of(TuningMethod method, String model) {
        return TaskTuning.of(method, model).with("promptLength", LENGTH);
    }

    private static String line(Splits splits, TaskTuning tuning, double rate) throws IOException {
        Cell cell = RowCells.trained(tuning, 0);
        StringBuilder line = new StringBuilder();
        double sum = 0;
        for (FewShotTask task : FewShotTasks.all()) {
            if (TASKS.contains(task.name())) {
                for (int seed : SEEDS) {
                    double accuracy = cell.measure(task, withoutTest(splits, task, seed), seed, rate)
                            .test();
                    sum += accuracy;
                    line.append(String.format(Locale.ROOT, "%s %d %.1f, ", task.name(), seed, 100 * accuracy));
                }
            }
        }
        return line + String.format(Locale.ROOT, "mean %.1f", 100 * sum / (TASKS.size() * SEEDS.size()));
    }

    /** About as many of each label, in place of the test set. */
    static FewShotData withoutTest(Splits splits, FewShotTask task, int seed) throws IOException {
        FewShotData own = splits.of(task, seed);
        Set<TextExample> others = new LinkedHashSet<>();
        for (int other : LmBffSplits.SEEDS) {
            others.addAll(splits.of(task, other).train());
            others.addAll(splits.of(task, other).dev());
        }
        Stream.of(own.train(), own.dev(), own.test()).forEach(others::removeAll);
        return new FewShotData(own.train(), own.dev(), List.copyOf(others), own.unlabeled());
    }
}
