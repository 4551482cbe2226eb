package dev.cloze.benchmarks;

import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.FullTuning;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Resident memory as predictions and training steps go on, in a process of its own whose heap is whole from the start.
 *
 * <p>A line says how much there is in all, and lines below it whose it is: what the JVM has taken beside its heap, as it says
 * itself; pages of files, code of libraries above all, which come in when they are first used; and all else but the heap,
 * libtorch's numbers among it.
 *
 * <p>Read after {@code System.gc()} and after the C library has given its free pages back, as what waits for a collector
 * or lies in an allocator's free lists says nothing of leaks: the optimizing compiler alone leaves some 20 MiB there.
 */
final class ResidentMemory {

    static final List<String> FIXED_HEAP = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:NativeMemoryTracking=summary");

    private ResidentMemory() {}

    static void run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        out.printf("%n### Resident memory (MiB), cloze-tiny-en; generations with four layers of width 256%n%n");
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
        readings.rows(arguments[0]).forEach(System.out::println);
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
            try (FullTuning tuning = TrainingStep.tuningOf(model.backbone(), inputs)) {
                for (int i = 1; i <= readings.last(); i++) {
                    TrainingStep.step(tuning, i, 8, 1e-5, inputs.rows().size());
                    readings.after(i);
                }
            }
        }
        return readings;
    }

    /** Kilobytes at one time, each part of the first. */
    private record Reading(long all, long jvm, long files) {

        static Reading now() throws IOException {
            System.gc();
            command("systemTrimNativeHeap");
            String status = Files.readString(Path.of("/proc/self/status"));
            String jvm = command("vmNativeMemory", "summary");
            long heap = number(jvm, "Java Heap \\(.*committed=(\\d+)KB");
            return new Reading(
                    number(status, "VmRSS:\\s*(\\d+)"),
                    number(jvm, "Total: .*committed=(\\d+)KB") - heap,
                    number(status, "RssFile:\\s*(\\d+)"));
        }

        long others() {
            return all - jvm - files - (256 << 10);
        }
    }

    /** Memory after some rounds, and how much it grew from the first to the last of them, in parts of all there was. */
    private static final class Readings {
        private final int[] rounds;
        private final List<Reading> readings = new ArrayList<>();

        Readings(int... rounds) {
            this.rounds = rounds;
        }

        int last() {
            return rounds[rounds.length - 1];
        }

        void after(int round) throws IOException {
            if (round == rounds[readings.size()]) {
                readings.add(Reading.now());
            }
        }

        List<String> rows(String what) {
            return List.of(
                    row(what, Reading::all),
                    row("the JVM beside its heap", Reading::jvm),
                    row("pages of files", Reading::files),
                    row("all else but the heap", Reading::others));
        }

        private String row(String what, ToLongFunction<Reading> part) {
            StringBuilder cells = new StringBuilder("| " + what);
            for (int i = 0; i < rounds.length; i++) {
                cells.append(String.format(" | %,d: %.1f", rounds[i], part.applyAsLong(readings.get(i)) / 1024.0));
            }
            Reading first = readings.get(0);
            long growth = part.applyAsLong(readings.get(rounds.length - 1)) - part.applyAsLong(first);
            return cells + String.format(" | %.2f %% |", 100.0 * growth / first.all());
        }
    }

    static long number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Long.parseLong(found.group(1));
    }

    /** What {@code jcmd} does; trimming the C library's memory is only there on Linux. */
    static String command(String name, String... arguments) {
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            return arguments.length == 0
                    ? (String) server.invoke(commands, name, new Object[0], new String[0])
                    : (String) server.invoke(
                            commands, name, new Object[] {arguments}, new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
