package dev.cloze.benchmarks.softmethods;

import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.testkit.data.TextExample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * One training and what came of it.
 *
 * @param seconds how long it took, measuring included
 * @param dev accuracy on the development set, 0 to 1
 * @param test on the test set; 0 in a search, which never sees it
 * @param trained how many numbers were trained
 * @param bytes what the saved pipeline takes on disk; 0 in a search
 */
record MethodRun(double seconds, double dev, double test, long trained, long bytes) {

    private static final int BATCH = 16;
    /** Each of the ten thousand examples once, measured on dev five times. */
    private static final int STEPS = 625;

    private static final int SEARCH_STEPS = 250;
    private static final int SEED = 13;

    /** A short training, to choose the learning rate by. */
    static MethodRun searched(MethodRow row, ManyExamples data, double rate) {
        return run(row, data, rate, SEARCH_STEPS, false);
    }

    /** The training of the table. */
    static MethodRun measured(MethodRow row, ManyExamples data, double rate) {
        return run(row, data, rate, STEPS, true);
    }

    private static MethodRun run(MethodRow row, ManyExamples data, double rate, int steps, boolean whole) {
        long start = System.nanoTime();
        AtomicLong trained = new AtomicLong();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStart(TrainingStarted started) {
                trained.set(started.trainedParameters());
            }
        };
        try (PromptPipeline<TextExample, String> pipeline = PromptTrainer.of(task(row, data, rate))
                .options(options -> budget(options, rate, steps))
                .quiet()
                .listener(listener)
                .fit(data.train(), data.dev())) {
            double dev = pipeline.evaluate(data.dev()).accuracy();
            double test = whole ? pipeline.evaluate(data.test()).accuracy() : 0;
            long bytes = whole ? saved(pipeline) : 0;
            return new MethodRun((System.nanoTime() - start) / 1e9, dev, test, trained.get(), bytes);
        }
    }

    private static TrainingOptions budget(TrainingOptions options, double rate, int steps) {
        return options.withMaxSteps(steps)
                .withEvaluateEvery(125)
                .withBatchSize(BATCH)
                .withSeed(SEED)
                .withLearningRate(rate);
    }

    private static ClassificationTask<TextExample, String> task(MethodRow row, ManyExamples data, double rate) {
        ClassificationTask.Builder<TextExample, String> builder = ClassificationTask.of(TextExample.class, String.class)
                .template(data.template())
                .tuning(row.at(rate))
                .placeholder("text", TextExample::text);
        for (int label = 0; label < data.labels().size(); label++) {
            builder.label(data.labels().get(label), data.words().get(label));
        }
        return builder.build();
    }

    private static long saved(PromptPipeline<TextExample, String> pipeline) {
        try {
            Path folder = Files.createTempDirectory("soft-methods");
            pipeline.save(folder.resolve("archive"));
            try (Stream<Path> files = Files.walk(folder)) {
                long bytes = 0;
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
                    Files.delete(file);
                }
                return bytes;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As they are kept. */
    List<Double> numbers() {
        return List.of(Math.round(seconds * 10) / 10.0, dev, test, (double) trained, (double) bytes);
    }

    static MethodRun of(List<Double> numbers) {
        return new MethodRun(
                numbers.get(0),
                numbers.get(1),
                numbers.get(2),
                numbers.get(3).longValue(),
                numbers.get(4).longValue());
    }
}
