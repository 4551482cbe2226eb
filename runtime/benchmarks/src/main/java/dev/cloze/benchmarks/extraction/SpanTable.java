package dev.cloze.benchmarks.extraction;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.accuracy.Measurements;
import dev.cloze.testkit.data.RestaurantSlots;
import dev.cloze.testkit.data.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds what the texts of E2E say of restaurants, by each method that labels spans, and writes the page.
 *
 * <p>Its arguments are the folder of {@code results.tsv} and {@code page.md}, the page to write, the training steps, and what to do:
 * {@code plan} says what is missing, {@code measure} measures it, going on where a run was cut off, {@code page} writes the page of what
 * there is.
 */
public final class SpanTable {

    private static final List<TuningMethod> METHODS =
            List.of(TuningMethod.FINE_TUNING, TuningMethod.P_TUNING_V2, TuningMethod.PROMPT_FINE_TUNING);
    private static final List<Integer> EXAMPLES = List.of(16, 64, 256);

    private final Measurements kept;
    private final int steps;
    private final SpanRates rates;

    private SpanTable(Measurements kept, int steps) {
        this.kept = kept;
        this.steps = steps;
        this.rates = new SpanRates(kept, steps);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SpanTable table = new SpanTable(Measurements.in(folder.resolve("results.tsv")), Integer.parseInt(arguments[2]));
        String what = arguments[3];
        System.err.println(table.missing() + " runs are missing.");
        if (what.equals("measure")) {
            Optional<Path> data = SharedFolder.data();
            if (data.isEmpty()) {
                System.err.println(SharedFolder.MISSING);
                System.exit(2);
            }
            table.measure(RestaurantSlots.in(data.orElseThrow()));
        }
        if (!what.equals("plan")) {
            String prose = Files.readString(folder.resolve("page.md"));
            Files.writeString(
                    Path.of(arguments[1]),
                    prose.replace("{results}", table.results()).replace("{rates}", table.rates()));
        }
    }

    private long missing() {
        return METHODS.stream()
                        .flatMap(method -> EXAMPLES.stream().map(examples -> kept.find(key(method, examples))))
                        .filter(Optional::isEmpty)
                        .count()
                + METHODS.stream().mapToLong(rates::missing).sum();
    }

    private void measure(RestaurantSlots data) throws IOException {
        for (TuningMethod method : METHODS) {
            double rate = rates.searched(method, data);
            for (int examples : EXAMPLES) {
                String key = key(method, examples);
                List<Double> numbers = kept.get(key, () -> SpanRun.measured(method, rate, examples, steps, data)
                        .numbers());
                System.err.println(key + ":" + SpanRun.of(numbers));
            }
        }
    }

    private String key(TuningMethod method, int examples) {
        return method + ", " + examples + " texts, " + steps + " steps";
    }

    private String rates() {
        return "| F1 by learning rate | | | |\n|---|---|---|---|\n"
                + METHODS.stream().map(rates::row).collect(Collectors.joining());
    }

    private String results() {
        StringBuilder text = new StringBuilder(
                "| method | texts | F1 | macro F1 | precision | recall | minutes of training | seconds of test |\n"
                        + "|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (TuningMethod method : METHODS) {
            for (int examples : EXAMPLES) {
                text.append("| `")
                        .append(method)
                        .append("` | ")
                        .append(examples)
                        .append(" |");
                text.append(kept.find(key(method, examples))
                        .map(numbers -> SpanRun.of(numbers).toString())
                        .orElse("  |  |  |  |  |  |"));
                text.append('\n');
            }
        }
        return text.toString();
    }
}
