package dev.cloze.benchmarks.fewshot;

import dev.cloze.benchmarks.accuracy.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What PET's classifier adds to the models of its patterns, one of which is that of prompt-based fine-tuning: means over the seeds of
 * which all five have been measured.
 */
final class PatternTable {

    private static final List<String> MODELS = List.of("prompt", "pattern-2", "pattern-3", "pattern-4");

    private final FewShotResults results;

    PatternTable(FewShotResults results) {
        this.results = results;
    }

    String text() {
        StringBuilder table = new StringBuilder(
                        "| data set | seeds | first pattern | second | third | fourth | their mean | PET | ahead |\n")
                .append("|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        FewShotTasks.all().forEach(task -> table.append(row(task)));
        return table.toString();
    }

    private String row(FewShotTask task) {
        TableRow pet = row("pet");
        List<Integer> seeds = pet.seeds().stream()
                .filter(seed -> test(pet, task, seed).isPresent()
                        && MODELS.stream()
                                .allMatch(model -> test(row(model), task, seed).isPresent()))
                .toList();
        if (seeds.isEmpty()) {
            return "";
        }
        List<Double> single =
                MODELS.stream().map(model -> mean(row(model), task, seeds)).toList();
        double mean =
                Spread.of(single.stream().mapToDouble(each -> each).toArray()).mean();
        double classifier = mean(pet, task, seeds);
        List<String> cells = new ArrayList<>(List.of(task.name(), Integer.toString(seeds.size())));
        single.forEach(each -> cells.add(Spread.percent(each)));
        cells.addAll(List.of(
                Spread.percent(mean), Spread.percent(classifier), "%+.1f".formatted(100 * (classifier - mean))));
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private double mean(TableRow row, FewShotTask task, List<Integer> seeds) {
        return Spread.of(seeds.stream()
                        .mapToDouble(seed -> test(row, task, seed).orElseThrow())
                        .toArray())
                .mean();
    }

    private Optional<Double> test(TableRow row, FewShotTask task, int seed) {
        return results.find(FewShotResults.cell(row, task, seed))
                .map(kept -> kept.measured().test());
    }

    private static TableRow row(String name) {
        return TableRows.all().stream()
                .filter(row -> row.id().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
