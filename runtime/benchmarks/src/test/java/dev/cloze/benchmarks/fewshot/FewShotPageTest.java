package dev.cloze.benchmarks.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.benchmarks.fewshot.TableRow.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewShotPageTest {

    @TempDir
    private Path folder;

    private final Map<String, Supplier<Measured>> cells = new LinkedHashMap<>();

    @Test
    void aCellIsTheMeanAndSampleDeviationOverTheSeeds() throws IOException {
        every("majority", 0.4, 0.5, 0.5, 0.5, 0.6);
        assertThat(line("{accuracies}", "Commonest label"))
                .isEqualTo("| Commonest label | 5 |" + " 50.0 (7.1) |".repeat(6) + " 50.0 |");
    }

    @Test
    void whatIsMissingIsSaidAndThereIsNoMean() throws IOException {
        FewShotTask first = FewShotTasks.all().get(0);
        FewShotTask second = FewShotTasks.all().get(1);
        put("setfit", first, 13, 0.5);
        put("setfit", first, 21, 0.7);
        put("setfit", second, 13, 0.25);
        assertThat(line("{accuracies}", "SetFit"))
                .isEqualTo("| SetFit | 5 | 60.0 (14.1), 2 of 5 | 25.0, 1 of 5 |" + "  |".repeat(5));
    }

    @Test
    void petIsComparedOverTheSeedsOfWhichAllPatternsAreThere() throws IOException {
        FewShotTask task = FewShotTasks.all().get(0);
        for (int seed : List.of(13, 21)) {
            put("prompt", task, seed, 0.70);
            put("pattern-2", task, seed, 0.72);
            put("pattern-3", task, seed, 0.74);
            put("pet", task, seed, seed == 13 ? 0.8 : 0.1);
        }
        put("pattern-4", task, 13, 0.76);
        assertThat(page("{patterns}").lines().skip(2))
                .containsExactly("| SST-2 | 1 | 70.0 | 72.0 | 74.0 | 76.0 | 73.0 | 80.0 | +7.0 |");
    }

    @Test
    void thePlanTellsWhatIsMissingByWhatMostCellsOfTheRowTook() throws IOException {
        every("majority", 0.5, 0.5, 0.5, 0.5, 0.5);
        cells.remove(FewShotResults.cell(row("majority"), FewShotTasks.all().get(5), 100));
        Path file = folder.resolve("results.tsv");
        FewShotResults.in(file).all(cells);
        FewShotPlan plan = new FewShotPlan(FewShotResults.in(file));
        assertThat(plan.text(List.of(row("majority"))))
                .isEqualTo("majority: 11 to measure, about 0 minutes\nAbout 0.0 hours in all.");
        assertThat(plan.text(List.of(row("pet"))))
                .isEqualTo("pet: 18 to measure, about 270 minutes\nAbout 4.5 hours in all.");
    }

    private void every(String row, double... tests) {
        FewShotTasks.all().forEach(task -> {
            for (int i = 0; i < tests.length; i++) {
                put(row, task, row(row).seeds().get(i), tests[i]);
            }
        });
    }

    private void put(String row, FewShotTask task, int seed, double test) {
        cells.put(FewShotResults.cell(row(row), task, seed), () -> new Measured(0, test));
    }

    private String line(String place, String title) throws IOException {
        return page(place)
                .lines()
                .filter(line -> line.startsWith("| " + title + " |"))
                .findFirst()
                .orElseThrow();
    }

    private String page(String place) throws IOException {
        FewShotResults results = FewShotResults.in(folder.resolve("results.tsv"));
        results.all(cells);
        return new FewShotPage(results).text(place);
    }

    private static TableRow row(String id) {
        return TableRows.all().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
