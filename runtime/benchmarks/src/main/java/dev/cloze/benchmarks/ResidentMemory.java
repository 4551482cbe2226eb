package dev.cloze.benchmarks;

import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.PromptFineTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Resident memory as predictions and training steps go on, in a process of its own whose heap is whole from the start.
 *
 * <p>Read after {@code System.gc()} and after the C library has given its free pages back, as what waits for a collector
 * or lies in an allocator's free lists says nothing of leaks: the optimizing compiler alone leaves some 20 MiB there.
 */
final class ResidentMemory {

    private static final List<String> FIXED_HEAP = List.of(
            "--enable-native-access=ALL-UNNAMED", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private ResidentMemory() {}

    static void run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        out.printf("%n### Resident memory (MiB), the default model; generations with four layers of width 256%n%n");
        out.println("| after which | | | | | growth |");
        out.println("|---|---:|---:|---:|---:|---:|");
        print(settings, out, "predictions");
        print(settings, out, "training");
        print(
                settings,
                out,
                "generations",
                Shape.smallDecoder(settings).folder().toString());
    }

    private static void print(Settings settings, PrintStream out, String... what) throws IOException {
        Children.lines(Children.java(ResidentMemory.class, FIXED_HEAP, what), settings.threads())
                .forEach(out::println);
    }

    public static void main(String[] arguments) throws IOException {
        Readings readings =
                switch (arguments[0]) {
                    case "training" -> train();
                    case "predictions" -> predict();
                    default -> generate(arguments[1]);
                };
        System.out.println("| " + arguments[0] + readings);
    }

    /** Sixteen tokens after prompts of 1 to 48, greedy and with beams in turn. */
    private static Readings generate(String folder) throws IOException {
        Readings readings = new Readings(500, 1_000, 5_000, 10_000);
        try (LanguageModel model = LanguageModel.open(folder)) {
            GenerationOptions greedy = GenerationOptions.defaults().withMaxTokens(16);
            for (int i = 1; i <= readings.last(); i++) {
                Generation.generate(
                        model, Generation.prompts(1, 1 + i % 48, i), i % 2 == 0 ? greedy : greedy.withBeams(4));
                readings.after(i);
            }
        }
        return readings;
    }

    private static Readings predict() throws IOException {
        Readings readings = new Readings(1_000, 2_000, 10_000, 20_000);
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en");
                PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Inputs.task("cloze-tiny-en"))) {
            List<Review> reviews = Inputs.of(model, 1_000, 3).reviews();
            for (int i = 1; i <= readings.last(); i++) {
                pipeline.predict(reviews.get(i % reviews.size()));
                readings.after(i);
            }
        }
        return readings;
    }

    private static Readings train() throws IOException {
        Readings readings = new Readings(100, 500, 1_000, 2_000);
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            Inputs inputs = Inputs.of(model, 128, 3);
            try (PromptFineTuning tuning = TrainingStep.tuningOf(model.backbone(), inputs)) {
                for (int i = 1; i <= readings.last(); i++) {
                    TrainingStep.step(tuning, i, 8, 1e-5, inputs.rows().size());
                    readings.after(i);
                }
            }
        }
        return readings;
    }

    /** Resident memory after some rounds, and how much it grew from the first to the last of them. */
    private static final class Readings {
        private final int[] rounds;
        private final List<Long> kilobytes = new ArrayList<>();

        Readings(int... rounds) {
            this.rounds = rounds;
        }

        int last() {
            return rounds[rounds.length - 1];
        }

        void after(int round) throws IOException {
            if (round == rounds[kilobytes.size()]) {
                kilobytes.add(resident());
            }
        }

        @Override
        public String toString() {
            StringBuilder cells = new StringBuilder();
            for (int i = 0; i < rounds.length; i++) {
                cells.append(String.format(" | %,d: %.1f", rounds[i], kilobytes.get(i) / 1024.0));
            }
            long first = kilobytes.get(0);
            long last = kilobytes.get(rounds.length - 1);
            return cells + String.format(" | %.2f %% |", 100.0 * (last - first) / first);
        }
    }

    private static long resident() throws IOException {
        System.gc();
        trim();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** What {@code jcmd System.trim_native_heap} does; the JDK has it on Linux. */
    private static void trim() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            new Object[0],
                            new String[0]);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
