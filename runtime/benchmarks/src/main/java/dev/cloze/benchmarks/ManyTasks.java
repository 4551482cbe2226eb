package dev.cloze.benchmarks;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptEngine;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.ServedPipeline;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * An engine that serves one task, eight and sixty-four: texts a second where as many wait as fit, and what a task adds to the
 * memory of the process. Texts go to the tasks in turn, so that every batch has rows of as many tasks as it can.
 */
final class ManyTasks {

    private static final int[] TASKS = {1, 8, 64};
    private static final List<TuningMethod> METHODS =
            List.of(TuningMethod.PROMPT_TUNING, TuningMethod.PREFIX_TUNING, TuningMethod.P_TUNING_V2);
    private static final int PLACES = 20;

    private final Settings settings;
    private final PrintStream out;

    ManyTasks(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    void run() throws IOException {
        List<String> models = settings.shapes().contains("base")
                ? List.of("cloze-tiny-en", "cloze-small-en")
                : List.of("cloze-tiny-en");
        out.printf("%n### Many tasks, one model, prompts and prefixes of %d places%n%n", PLACES);
        out.println("| texts a second | 1 task | 8 tasks | 64 tasks | 8 as fast as 1 | 64 as fast as 1"
                + " | by processor time, 8 | 64 | batches of 64 texts, 1 task | 8 | 64 |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (String model : models) {
            for (TuningMethod method : METHODS) {
                throughput(model, method, tuned(model, method));
            }
        }
        out.printf("%n| what a task adds, KiB | its file | memory in use beside Java's heap | in Java's heap |%n");
        out.println("|---|---:|---:|---:|");
        for (String model : models) {
            for (TuningMethod method : METHODS) {
                Path folder = tuned(model, method);
                Children.lines(
                                Children.java(
                                        TaskMemory.class,
                                        ResidentMemory.FIXED_HEAP,
                                        model,
                                        method.name(),
                                        folder.toString()),
                                settings.threads())
                        .forEach(out::println);
            }
        }
    }

    /** Tuned for a step: what it says does not matter. */
    private Path tuned(String model, TuningMethod method) throws IOException {
        Path folder = settings.work().resolve("many-tasks").resolve(model + "-" + method);
        Files.createDirectories(folder.getParent());
        try (PromptPipeline<Review, Sentiment> pipeline = PromptTrainer.of(Inputs.task(model))
                .method(method)
                .quiet()
                .options(options -> options.withMaxSteps(1).with(TuningOptions.PROMPT_LENGTH, PLACES))
                .fit(List.of(
                        new Labeled<>(new Review("a fine film"), Sentiment.POSITIVE),
                        new Labeled<>(new Review("a poor film"), Sentiment.NEGATIVE)))) {
            pipeline.save(folder);
        }
        return folder;
    }

    /** The engines take turns, so that load by others hits all alike. */
    private void throughput(String model, TuningMethod method, Path folder) {
        List<PromptEngine> engines = new ArrayList<>();
        List<List<ServedPipeline<Review, Sentiment>>> served = new ArrayList<>();
        try (LanguageModel shared = LanguageModel.open(model)) {
            List<Review> reviews =
                    Inputs.of(shared, Math.min(settings.texts(), 512), 5).reviews();
            for (int tasks : TASKS) {
                PromptEngine engine = PromptEngine.of(EngineSettings.defaults().withCapacity(reviews.size()));
                engines.add(engine);
                served.add(IntStream.range(0, tasks)
                        .mapToObj(i -> engine.add(PromptPipeline.load(Inputs.task(model), folder)))
                        .toList());
            }
            double[][] seconds = new double[TASKS.length][settings.rounds()];
            double[] processor = new double[TASKS.length];
            for (int round = -1; round < settings.rounds(); round++) {
                for (int t = 0; t < TASKS.length; t++) {
                    List<ServedPipeline<Review, Sentiment>> asked = served.get(t);
                    double before = ProcessorTime.seconds();
                    double took = Duel.time(() -> ask(asked, reviews));
                    if (round >= 0) {
                        seconds[t][round] = took;
                        processor[t] += ProcessorTime.seconds() - before;
                    }
                }
            }
            print(model + ", " + method, reviews.size(), seconds, processor, engines);
        } finally {
            engines.forEach(PromptEngine::close);
        }
    }

    static void ask(List<ServedPipeline<Review, Sentiment>> tasks, List<Review> reviews) {
        List<CompletableFuture<Prediction<Sentiment>>> asked = new ArrayList<>();
        for (int i = 0; i < reviews.size(); i++) {
            asked.add(tasks.get(i % tasks.size()).predictAsync(reviews.get(i)));
        }
        asked.forEach(CompletableFuture::join);
    }

    /** Ratios are medians over the rounds. */
    private void print(String what, int texts, double[][] seconds, double[] processor, List<PromptEngine> engines) {
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | **%.2f** | **%.2f** | %.2f | %.2f | %.1f | %.1f | %.1f |%n",
                what,
                texts / Duel.median(seconds[0]),
                texts / Duel.median(seconds[1]),
                texts / Duel.median(seconds[2]),
                ratio(seconds[0], seconds[1]),
                ratio(seconds[0], seconds[2]),
                processor[0] / processor[1],
                processor[0] / processor[2],
                batches(engines.get(0)),
                batches(engines.get(1)),
                batches(engines.get(2)));
    }

    private static double batches(PromptEngine engine) {
        return 64.0 * engine.status().passes() / engine.status().answered();
    }

    private static double ratio(double[] one, double[] many) {
        return Duel.median(
                IntStream.range(0, one.length).mapToObj(i -> one[i] / many[i]).toList());
    }
}
