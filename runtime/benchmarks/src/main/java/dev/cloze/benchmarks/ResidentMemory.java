package dev.cloze.benchmarks;

import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.classification.LanguageModel;
import dev.cloze.runtime.tuning.PromptFineTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Resident memory as predictions and training steps go on, in a process of its own whose heap is whole from the start.
 *
 * <p>Read after {@code System.gc()}, as what waits for the collector says nothing of leaks.
 */
final class ResidentMemory {

    private static final List<String> FIXED_HEAP = List.of(
            "--enable-native-access=ALL-UNNAMED", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private ResidentMemory() {}

    static void run(Settings settings, PrintStream out) throws IOException {
        out.printf("%n### Resident memory (MiB), default model%n%n");
        out.println("| what | early | late | growth |");
        out.println("|---|---:|---:|---:|");
        for (String what : new String[] {"predictions", "training"}) {
            Children.lines(Children.java(ResidentMemory.class, FIXED_HEAP, what), settings.threads())
                    .forEach(out::println);
        }
    }

    public static void main(String[] arguments) throws IOException {
        boolean training = arguments[0].equals("training");
        long[] kilobytes = training ? training(100, 2_000) : predictions(1_000, 20_000);
        System.out.printf(
                "| %s | %.1f | %.1f | %.2f %% |%n",
                training ? "training step 100 and 2,000, batch 8" : "prediction 1,000 and 20,000, one text each",
                kilobytes[0] / 1024.0,
                kilobytes[1] / 1024.0,
                100.0 * (kilobytes[1] - kilobytes[0]) / kilobytes[0]);
    }

    private static long[] predictions(int early, int late) throws IOException {
        long[] kilobytes = new long[2];
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en");
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Inputs.task("cloze-tiny-en"))) {
            List<Review> reviews = Inputs.of(model, 1_000, 3).reviews();
            for (int i = 1; i <= late; i++) {
                pipeline.predict(reviews.get(i % reviews.size()));
                if (i == early || i == late) {
                    kilobytes[i == early ? 0 : 1] = resident();
                }
            }
        }
        return kilobytes;
    }

    private static long[] training(int early, int late) throws IOException {
        long[] kilobytes = new long[2];
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            Inputs inputs = Inputs.of(model, 128, 3);
            try (PromptFineTuning tuning = TrainingStep.tuningOf(model.encoder(), inputs)) {
                for (int i = 1; i <= late; i++) {
                    TrainingStep.step(tuning, i, 8, 1e-5, inputs.rows().size());
                    if (i == early || i == late) {
                        kilobytes[i == early ? 0 : 1] = resident();
                    }
                }
            }
        }
        return kilobytes;
    }

    private static long resident() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
