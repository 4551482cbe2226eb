package dev.cloze.benchmarks;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Single texts of 1 to 512 tokens, all lengths equally likely, in a process of its own whose heap is whole from the start: how
 * long short ones and long ones take, and how much memory there is, as they go on. oneDNN keeps code for each number of rows.
 */
final class Lengths {

    private static final int TEXTS = 20_000;
    private static final int ROWS = 10;
    private static final int LONGEST = 512;
    private static final int SHORT = 64;
    private static final int LONG = LONGEST - 64;
    private static final int[] WORDS = {1, 2};

    private Lengths() {}

    static void run(Settings settings, Shape shape, PrintStream out) throws IOException {
        int texts = Math.min(settings.texts(), TEXTS);
        out.printf(
                "%n### %,d single texts of 1 to %d tokens, %s (milliseconds a text; resident MiB)%n%n",
                texts, LONGEST, shape.name());
        out.printf(
                "| after | tokens a second | 1 to %d tokens: p50 | p99 | %d to %d tokens: p50 | p99 | memory |%n",
                SHORT, LONG + 1, LONGEST);
        out.println("|---:|---:|---:|---:|---:|---:|---:|");
        List<String> options = new ArrayList<>(ResidentMemory.FIXED_HEAP);
        options.add("-Dcloze.threads=" + settings.threads());
        List<String> command =
                Children.java(Lengths.class, options, shape.folder().toString(), Integer.toString(texts));
        Children.each(Children.bare(command, Map.of()), out::println);
    }

    /** {@code Lengths MODEL TEXTS} prints a line each tenth of the texts, and the last beside the first. */
    public static void main(String[] arguments) throws IOException {
        try (LanguageModel model = LanguageModel.open(arguments[0])) {
            measure(
                    model.backbone(),
                    Math.min(model.tokenizer().vocabularySize(), 30_000),
                    LONGEST,
                    Integer.parseInt(arguments[1]),
                    System.out);
        }
    }

    static void measure(Backbone backbone, int vocabulary, int longest, int texts, PrintStream out) throws IOException {
        Random random = new Random(7);
        int part = Math.max(1, texts / ROWS);
        List<Part> parts = new ArrayList<>();
        for (int done = part; done <= texts; done += part) {
            int[] tokens = random.ints(part, 1, longest + 1).toArray();
            double[] milliseconds = new double[part];
            for (int i = 0; i < part; i++) {
                List<TokenRow> row = List.of(row(random, tokens[i], vocabulary));
                milliseconds[i] = 1e3 * Duel.time(() -> backbone.scores(row, WORDS, false));
            }
            parts.add(Part.of(tokens, milliseconds, resident()));
            out.println(parts.get(parts.size() - 1).line("%,d".formatted(done), "%.1f"));
        }
        out.println(parts.get(parts.size() - 1).beside(parts.get(0)).line("last beside first", "%.2f"));
    }

    private static TokenRow row(Random random, int tokens, int vocabulary) {
        return new TokenRow(random.ints(tokens, 5, vocabulary).toArray(), new int[tokens], new int[] {tokens / 2});
    }

    private static double resident() throws IOException {
        return ResidentMemory.number(Files.readString(Path.of("/proc/self/status")), "VmRSS:\\s*(\\d+)") / 1024.0;
    }

    /**
     * What is said of some texts.
     *
     * @param figures tokens a second, milliseconds of short texts and of long ones (p50 and p99 each), resident MiB
     */
    record Part(double[] figures) {

        static Part of(int[] tokens, double[] milliseconds, double resident) {
            double[] brief = of(tokens, milliseconds, 1, SHORT);
            double[] lengthy = of(tokens, milliseconds, LONG + 1, LONGEST);
            return new Part(new double[] {
                1e3 * IntStream.of(tokens).sum() / TrainingStep.sum(milliseconds),
                Duel.percentile(brief, 50),
                Duel.percentile(brief, 99),
                Duel.percentile(lengthy, 50),
                Duel.percentile(lengthy, 99),
                resident
            });
        }

        private static double[] of(int[] tokens, double[] milliseconds, int from, int to) {
            return IntStream.range(0, tokens.length)
                    .filter(i -> tokens[i] >= from && tokens[i] <= to)
                    .mapToDouble(i -> milliseconds[i])
                    .toArray();
        }

        Part beside(Part first) {
            return new Part(IntStream.range(0, figures.length)
                    .mapToDouble(i -> figures[i] / first.figures[i])
                    .toArray());
        }

        String line(String name, String format) {
            StringBuilder line = new StringBuilder("| " + name + " |");
            for (double figure : figures) {
                line.append(' ')
                        .append(String.format(Locale.ROOT, format, figure))
                        .append(" |");
            }
            return line.toString();
        }
    }
}
