package dev.cloze.benchmarks.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.SharedFolder;
import dev.cloze.testkit.data.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsTest {

    private static final Path LIST = Path.of("few-shot/splits.tsv");

    private Path data = Path.of("");

    @BeforeEach
    void findData() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        data = SharedFolder.data().orElseThrow();
    }

    @Test
    void drawingThemAgainGivesTheCommittedList(@TempDir Path folder) throws IOException {
        Path drawn = folder.resolve("splits.tsv");
        Splits.draw(FewShotTable.drawn(), LmBffSplits.SEEDS, FewShotTable.FEW_SEEDS, drawn, data);
        assertThat(drawn).hasSameTextualContentAs(LIST);
    }

    @Test
    void eachHasSixteenExamplesALabelAndNoTextTwice() throws IOException {
        Splits splits = Splits.read(LIST, data);
        for (FewShotTask task : FewShotTasks.all()) {
            for (int seed : LmBffSplits.SEEDS) {
                FewShotData split = splits.of(task, seed);
                assertThat(labels(split.train())).allMatch(count -> count == 16).hasSameSizeAs(task.labels());
                assertThat(labels(split.dev())).allMatch(count -> count == 16).hasSameSizeAs(task.labels());
                assertThat(texts(split.train())).doesNotContainAnyElementsOf(texts(split.dev()));
                assertThat(split.test()).hasSizeBetween(500, 1_000);
                assertThat(split.unlabeled()).hasSize(FewShotTable.FEW_SEEDS.contains(seed) ? 1_000 : 0);
                assertThat(texts(split.unlabeled()))
                        .doesNotContainAnyElementsOf(texts(split.train()))
                        .doesNotContainAnyElementsOf(texts(split.dev()))
                        .doesNotContainAnyElementsOf(texts(split.test()));
            }
        }
    }

    /** The files themselves are sorted by label. */
    @Test
    void aSampleHasEveryLabel() throws IOException {
        Splits splits = Splits.read(LIST, data);
        for (FewShotTask task : FewShotTasks.all()) {
            List<TextExample> sample = FewShotData.sample(splits.of(task, 13).test(), 200);
            assertThat(sample).hasSize(200).doesNotHaveDuplicates();
            assertThat(labels(sample)).hasSameSizeAs(task.labels());
        }
    }

    /** What rates are chosen by is none of what the table reports. */
    @Test
    void whatOtherSeedsDrewStandsInPlaceOfTheTestSet() throws IOException {
        Splits splits = Splits.read(LIST, data);
        for (FewShotTask task : FewShotTasks.all().subList(0, 3)) {
            FewShotData own = splits.of(task, 21);
            List<TextExample> others = PromptRates.withoutTest(splits, task, 21).test();
            assertThat(others).hasSizeGreaterThan(150).doesNotContainAnyElementsOf(own.train());
            assertThat(others).doesNotContainAnyElementsOf(own.dev()).doesNotContainAnyElementsOf(own.test());
            assertThat(labels(others)).allMatch(count -> count > 70).hasSize(2);
        }
    }

    @Test
    void soHaveThePairs() throws IOException {
        Splits splits = Splits.read(LIST, data);
        for (FewShotTask task : PairTasks.all()) {
            for (int seed : LmBffSplits.SEEDS) {
                FewShotData split = splits.of(task, seed);
                assertThat(labels(split.train())).allMatch(count -> count == 16).hasSameSizeAs(task.labels());
                assertThat(labels(split.dev())).allMatch(count -> count == 16).hasSameSizeAs(task.labels());
                assertThat(split.train()).doesNotContainAnyElementsOf(split.dev());
                assertThat(split.test()).hasSizeBetween(250, 1_000).allMatch(pair -> !pair.title()
                        .isEmpty());
            }
        }
    }

    @Test
    void otherDataIsRefused(@TempDir Path folder) throws IOException {
        Path changed = folder.resolve("splits.tsv");
        List<String> lines = Files.readAllLines(LIST);
        lines.replaceAll(
                line -> line.startsWith("SST-2\t13\tdev") ? line.replaceAll("[0-9a-f]{16}$", "0".repeat(16)) : line);
        Files.write(changed, lines);
        Splits splits = Splits.read(changed, data);
        assertThatThrownBy(() -> splits.of(FewShotTasks.all().get(0), 13))
                .hasMessageContaining("dev of SST-2, seed 13")
                .hasMessageContaining("hash differs");
    }

    private static List<Long> labels(List<TextExample> examples) {
        return List.copyOf(examples.stream()
                .collect(Collectors.groupingBy(TextExample::label, Collectors.counting()))
                .values());
    }

    private static Set<String> texts(List<TextExample> examples) {
        return examples.stream().map(TextExample::text).collect(Collectors.toCollection(HashSet::new));
    }
}
