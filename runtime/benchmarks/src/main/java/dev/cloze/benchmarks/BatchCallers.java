package dev.cloze.benchmarks;

import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Threads of a service that ask at once for many texts each, in a process of its own for each number of them: how long they wait, and
 * what memory the process takes.
 */
final class BatchCallers {

    private static final int[] CALLERS = {1, 8, 32};
    private static final int BATCH = 32;
    private static final int CALLS = 64;

    private BatchCallers() {}

    static void run(Settings settings, Shape shape, PrintStream out) throws IOException {
        out.printf(
                "%n### Threads that ask at once for batches of %d, %s shape (texts a second; seconds; MiB at the peak, with a"
                        + " heap of 256)%n%n",
                BATCH, shape.name());
        out.println("| callers | texts | p50 | p99 | memory |");
        out.println("|---:|---:|---:|---:|---:|");
        Path folder = shape.folder();
        for (int callers : CALLERS) {
            List<String> command = Children.java(
                    BatchCallers.class, ResidentMemory.FIXED_HEAP, folder.toString(), Integer.toString(callers));
            Children.lines(command, settings.threads()).forEach(out::println);
        }
    }

    /** {@code BatchCallers MODEL CALLERS}: a line of the table, after each caller has asked twice. */
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[1]);
        try (LanguageModel model = LanguageModel.open(arguments[0])) {
            Inputs inputs = Inputs.of(model, BATCH, 1);
            try (Callers warming = callers(model, inputs, count, 2 * count)) {
                warming.seconds();
            }
            try (Callers callers = callers(model, inputs, count, CALLS)) {
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.1f | %.2f | %.2f | %.0f |%n",
                        count,
                        CALLS * BATCH / callers.seconds(),
                        callers.percentile(50),
                        callers.percentile(99),
                        SelfReport.peakMebibytes());
            }
        }
    }

    private static Callers callers(LanguageModel model, Inputs inputs, int count, int calls) {
        return new Callers(count, calls, i -> Classification.ofIds(model.backbone(), inputs, BATCH));
    }
}
