package dev.cloze.benchmarks.fewshot;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Precision;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.accuracy.Measurements;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.SharedFolder;
import dev.cloze.testkit.data.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Measures what bfloat16 changes: predictions of the same weights, and what comes of training with sixteen examples a label.
 *
 * <p>Its arguments are the few-shot table's folder, whose splits it uses, a folder for {@code results.tsv} with {@code page.md},
 * and the page to write. Needs a processor with bfloat16; goes on where a run was cut off.
 */
public final class PrecisionTable {

    static final String TINY = "cloze-tiny-en";
    static final String DEFAULT = "cloze-small-en";
    static final String WRITER = "SmolLM2-135M-Instruct";

    private static final int TEXTS = 500;
    private static final double LEARNING_RATE = 1e-4;

    private PrecisionTable() {}

    public static void main(String[] arguments) throws IOException {
        Optional<Path> data = SharedFolder.data();
        if (data.isEmpty()) {
            System.err.println(SharedFolder.MISSING);
            System.exit(2);
        }
        Splits splits = Splits.read(Path.of(arguments[0], "splits.tsv"), data.orElseThrow());
        Path folder = Path.of(arguments[1]);
        Measurements kept = Measurements.in(folder.resolve("results.tsv"));
        kept.all(cells(splits));
        Files.writeString(Path.of(arguments[2]), PrecisionPage.text(Files.readString(folder.resolve("page.md")), kept));
    }

    /** The data sets of single texts but the last, as five are enough. */
    static List<FewShotTask> tasks() {
        return FewShotTasks.all().subList(0, 5);
    }

    private static Map<String, Supplier<List<Double>>> cells(Splits splits) {
        Map<String, Supplier<List<Double>>> cells = new LinkedHashMap<>();
        for (FewShotTask task : tasks()) {
            for (String model : List.of(TINY, DEFAULT, WRITER)) {
                cells.put(untrained(model, task), () -> untrained(model, task, splits));
            }
        }
        for (FewShotTask task : tasks()) {
            for (int seed : LmBffSplits.SEEDS) {
                for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
                    cells.put(
                            trained(task, precision, seed),
                            () -> List.of(trained(task, precision, splits.of(task, seed), seed)));
                }
            }
        }
        return cells;
    }

    static String untrained(String model, FewShotTask task) {
        return "untrained, " + model + ", " + task.name();
    }

    static String trained(FewShotTask task, Precision precision, int seed) {
        return "trained, " + TINY + ", " + task.name() + ", " + precision + ", seed " + seed;
    }

    /** The share of predictions that change, and by how much a label's probability does: the mean, the most. */
    private static List<Double> untrained(String model, FewShotTask task, Splits splits) {
        List<TextExample> texts =
                FewShotData.sample(splits.of(task, LmBffSplits.SEEDS.get(0)).test(), TEXTS);
        List<Prediction<String>> exact = predictions(model, task, Precision.FLOAT32, texts);
        List<Prediction<String>> rounded = predictions(model, task, Precision.BFLOAT16, texts);
        int changed = 0;
        double sum = 0;
        double most = 0;
        for (int i = 0; i < exact.size(); i++) {
            Map<String, Double> after = rounded.get(i).probabilities();
            changed += exact.get(i).label().equals(rounded.get(i).label()) ? 0 : 1;
            for (Map.Entry<String, Double> label : exact.get(i).probabilities().entrySet()) {
                double difference = Math.abs(label.getValue() - Objects.requireNonNull(after.get(label.getKey())));
                sum += difference;
                most = Math.max(most, difference);
            }
        }
        return List.of(
                changed / (double) exact.size(),
                sum / exact.size() / task.labels().size(),
                most);
    }

    private static List<Prediction<String>> predictions(
            String model, FewShotTask task, Precision precision, List<TextExample> texts) {
        try (PromptPipeline<TextExample, String> pipeline = PromptPipeline.zeroShot(declared(model, task, precision))) {
            return pipeline.predict(texts);
        }
    }

    private static double trained(FewShotTask task, Precision precision, FewShotData data, int seed) {
        try (PromptPipeline<TextExample, String> pipeline = PromptTrainer.of(declared(TINY, task, precision))
                .sharedOptions(options -> RowCells.budget(options, seed, LEARNING_RATE))
                .quiet()
                .fit(FewShotData.labeled(data.train()), FewShotData.labeled(data.dev()))) {
            return pipeline.evaluate(FewShotData.labeled(data.test())).accuracy();
        }
    }

    /** A decoder reads nothing behind the mask, so that it is asked without what stands there. */
    private static ClassificationTask<TextExample, String> declared(
            String model, FewShotTask task, Precision precision) {
        String template = model.equals(WRITER) ? "{text} It is {mask}" : task.template();
        TaskTuning tuning =
                TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model).with("precision", precision);
        return RowCells.declared(task, List.of(template), tuning, Calibration.NONE);
    }
}
