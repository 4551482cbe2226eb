package dev.cloze.benchmarks.extraction;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.accuracy.Measurements;
import dev.cloze.testkit.data.RestaurantSlots;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which learning rate each method is given: the best of three around its usual one, on texts of the development set that nobody learns from. */
record SpanRates(Measurements kept, int steps) {

    private static final int EXAMPLES = 64;

    private static final Map<TuningMethod, List<Double>> RATES = Map.of(
            TuningMethod.FINE_TUNING, List.of(1e-4, 3e-4, 1e-3),
            TuningMethod.P_TUNING_V2, List.of(5e-3, 1e-2, 3e-2),
            TuningMethod.PROMPT_FINE_TUNING, List.of(3e-5, 1e-4, 3e-4));

    /** How many have not been tried yet. */
    long missing(TuningMethod method) {
        return rates(method).stream()
                .filter(rate -> run(method, rate).isEmpty())
                .count();
    }

    /** Tries those that have not been tried yet. */
    double searched(TuningMethod method, RestaurantSlots data) throws IOException {
        for (double rate : rates(method)) {
            String key = key(method, rate);
            List<Double> numbers = kept.get(key, () -> SpanRun.searched(method, rate, EXAMPLES, steps, data)
                    .numbers());
            System.err.println(key + ":" + SpanRun.of(numbers));
        }
        return found(method).orElseThrow();
    }

    /** The one with the highest F1; empty while some are missing. */
    Optional<Double> found(TuningMethod method) {
        if (missing(method) > 0) {
            return Optional.empty();
        }
        return rates(method).stream()
                .max(Comparator.comparingDouble(
                        rate -> run(method, rate).orElseThrow().f1()));
    }

    /** A row of the page's table: F1 by rate, the best one marked. */
    String row(TuningMethod method) {
        StringBuilder row = new StringBuilder("| `" + method + "` |");
        for (double rate : rates(method)) {
            String f1 = run(method, rate)
                    .map(run -> String.format(Locale.ROOT, "%.1f", 100 * run.f1()))
                    .orElse("");
            boolean best = found(method).map(found -> found == rate).orElse(false);
            row.append(String.format(Locale.ROOT, best ? " %.0e: **%s** |" : " %.0e: %s |", rate, f1));
        }
        return row.append('\n').toString();
    }

    private Optional<SpanRun> run(TuningMethod method, double rate) {
        return kept.find(key(method, rate)).map(SpanRun::of);
    }

    private static List<Double> rates(TuningMethod method) {
        return Objects.requireNonNull(RATES.get(method));
    }

    private String key(TuningMethod method, double rate) {
        return "search, " + method + ", learning rate " + rate + ", " + steps + " steps";
    }
}
