package dev.cloze.benchmarks.fewshot;

import dev.cloze.benchmarks.accuracy.LearningRates;
import dev.cloze.benchmarks.accuracy.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page's tables, made of what has been measured so far; a cell says of how many seeds it is where some are missing. */
final class FewShotPage {

    private final FewShotResults results;

    FewShotPage(FewShotResults results) {
        this.results = results;
    }

    /** The page of this text, the tables in the places that it keeps for them. */
    String text(String prose) {
        return prose.replace("{accuracies}", accuracies(TableRows.methods(), FewShotTasks.all()))
                .replace("{pairs}", pairs())
                .replace("{patterns}", new PatternTable(results).text())
                .replace("{searched}", searched());
    }

    /** Numbers of two kinds stand side by side there, so that it has no mean. */
    private String pairs() {
        List<FewShotTask> tasks = new ArrayList<>(PairTasks.all());
        tasks.add(PairTasks.similarity());
        StringBuilder table = new StringBuilder("| method |");
        tasks.forEach(task -> table.append(' ').append(task.name()).append(" |"));
        table.append("\n|---|").append("---:|".repeat(tasks.size())).append('\n');
        for (TableRow row : TableRows.ofPairs()) {
            table.append("| ").append(row.title()).append(" |");
            for (FewShotTask task : tasks) {
                boolean measured =
                        TableRows.tasks(row).stream().anyMatch(its -> its.name().equals(task.name()));
                table.append(' ')
                        .append(measured ? cell(tests(row, task), row.seeds().size()) : "-")
                        .append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private String accuracies(List<TableRow> rows, List<FewShotTask> tasks) {
        StringBuilder table = new StringBuilder("| method | seeds |");
        tasks.forEach(task -> table.append(' ').append(task.name()).append(" |"));
        table.append(" mean |\n|---|---:|")
                .append("---:|".repeat(tasks.size() + 1))
                .append('\n');
        for (TableRow row : rows) {
            List<Double> means = new ArrayList<>();
            table.append("| ")
                    .append(row.title())
                    .append(" | ")
                    .append(row.seeds().size())
                    .append(" |");
            for (FewShotTask task : tasks) {
                double[] tests = tests(row, task);
                table.append(' ').append(cell(tests, row.seeds().size())).append(" |");
                if (tests.length == row.seeds().size()) {
                    means.add(Spread.of(tests).mean());
                }
            }
            table.append(' ')
                    .append(
                            means.size() < tasks.size()
                                    ? ""
                                    : Spread.percent(Spread.of(means.stream()
                                                    .mapToDouble(mean -> mean)
                                                    .toArray())
                                            .mean()))
                    .append(" |\n");
        }
        return table.toString();
    }

    private double[] tests(TableRow row, FewShotTask task) {
        return row.seeds().stream()
                .map(seed -> results.find(FewShotResults.cell(row, task, seed)))
                .flatMap(Optional::stream)
                .mapToDouble(kept -> kept.measured().test())
                .toArray();
    }

    private static String cell(double[] tests, int seeds) {
        if (tests.length == 0) {
            return "";
        }
        String spread =
                tests.length == 1 ? Spread.percent(tests[0]) : Spread.of(tests).percent();
        return tests.length == seeds ? spread : spread + ", " + tests.length + " of " + seeds;
    }

    private String searched() {
        StringBuilder table =
                new StringBuilder("| searched | first | second | third | fourth |\n|---|---|---|---|---|\n");
        for (Search search : Search.values()) {
            Optional<TableRow> searcher = TableRows.methods().stream()
                    .filter(row -> row.search() == search)
                    .findFirst();
            if (search == Search.NONE || searcher.isEmpty()) {
                continue;
            }
            table.append("| ").append(search.title()).append(" |");
            for (double rate : search.rates()) {
                table.append(' ')
                        .append(LearningRates.text(rate))
                        .append(": ")
                        .append(devs(searcher.orElseThrow(), rate))
                        .append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private String devs(TableRow row, double rate) {
        return Searching.TASKS.stream()
                .map(name -> FewShotTasks.all().stream()
                        .filter(task -> task.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .map(task -> results.find(FewShotResults.search(row, task, Searching.SEED, rate))
                        .map(kept -> Spread.percent(kept.measured().dev()))
                        .orElse(""))
                .collect(Collectors.joining(" / "));
    }
}
