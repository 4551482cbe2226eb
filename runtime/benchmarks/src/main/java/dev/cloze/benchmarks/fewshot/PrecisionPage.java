package dev.cloze.benchmarks.fewshot;

import dev.cloze.annotations.Precision;
import dev.cloze.benchmarks.accuracy.Measurements;
import dev.cloze.benchmarks.accuracy.Spread;
import dev.cloze.testkit.data.LmBffSplits;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page about bfloat16: its two tables, in the prose that is kept beside the results. */
final class PrecisionPage {

    private PrecisionPage() {}

    static String text(String prose, Measurements kept) {
        return prose.replace("{untrained}", untrained(kept)).replace("{trained}", trained(kept));
    }

    private static String untrained(Measurements kept) {
        StringBuilder table = new StringBuilder(
                "| data set | model | predictions that change, percent | a label's probability, mean change | greatest |\n"
                        + "|---|---|---:|---:|---:|\n");
        for (FewShotTask task : PrecisionTable.tasks()) {
            for (String model : List.of(PrecisionTable.TINY, PrecisionTable.DEFAULT, PrecisionTable.WRITER)) {
                kept.find(PrecisionTable.untrained(model, task))
                        .ifPresent(numbers -> table.append(String.format(
                                Locale.ROOT,
                                "| %s | %s | %.1f | %.4f | %.3f |%n",
                                task.name(),
                                model,
                                100 * numbers.get(0),
                                numbers.get(1),
                                numbers.get(2))));
            }
        }
        return table.toString();
    }

    private static String trained(Measurements kept) {
        StringBuilder table = new StringBuilder(
                "| data set | float32 | bfloat16 | difference of the means |\n|---|---:|---:|---:|\n");
        for (FewShotTask task : PrecisionTable.tasks()) {
            double[] exact = accuracies(task, Precision.FLOAT32, kept);
            double[] rounded = accuracies(task, Precision.BFLOAT16, kept);
            if (exact.length > 0 && exact.length == rounded.length) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %+.1f |%n",
                        task.name(),
                        Spread.of(exact).percent(),
                        Spread.of(rounded).percent(),
                        100 * (Spread.of(rounded).mean() - Spread.of(exact).mean())));
            }
        }
        return table.toString();
    }

    private static double[] accuracies(FewShotTask task, Precision precision, Measurements kept) {
        return LmBffSplits.SEEDS.stream()
                .map(seed -> kept.find(PrecisionTable.trained(task, precision, seed)))
                .flatMap(Optional::stream)
                .mapToDouble(numbers -> numbers.get(0))
                .toArray();
    }
}
