package dev.cloze.benchmarks.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.benchmarks.fewshot.TableRow.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchingTest {

    @Test
    void theFirstOfTheBestRatesIsTaken() {
        Map<Double, Double> means = new LinkedHashMap<>();
        Search.PROMPT.rates().forEach(rate -> means.put(rate, rate == 2e-5 ? 0.5 : 0.7));
        assertThat(Searching.best(means)).isEqualTo(5e-5);
    }

    @Test
    void eachGroupIsSearchedEquallyWidely() {
        for (Search search : Search.values()) {
            assertThat(search.rates()).hasSize(search == Search.NONE ? 0 : 4).isSorted();
        }
    }

    @Test
    void aResultIsMeasuredOnceAndKept(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.tsv");
        FewShotResults.in(file).all(Map.of("a", () -> new Measured(0.5, 0.25)));
        FewShotResults results = FewShotResults.in(file);
        results.all(Map.of("a", () -> {
            throw new AssertionError("measured again");
        }));
        FewShotResults.Kept kept = results.find("a").orElseThrow();
        assertThat(kept.measured()).isEqualTo(new Measured(0.5, 0.25));
    }
}
