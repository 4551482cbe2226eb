package dev.cloze.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.Calibration;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.PublicDatasets;
import dev.cloze.testkit.data.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our own models on public data, against what transformers counts ({@code zero_shot.py}) and what the model cards say.
 */
class OwnModelsAccuracyTest {

    private static final Map<String, String> CARDS =
            Map.of("cloze-tiny-en", "tiny", "cloze-small-en", "small", "cloze-small-zh", "zh");

    private Path data = Path.of("");

    @BeforeEach
    void findData() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        data = SharedFolder.data().orElseThrow();
    }

    /** As it is, and with the scores of the template around an empty text taken away. */
    @ParameterizedTest
    @CsvSource({"cloze-tiny-en, 476, 590", "cloze-small-en, 616, 685"})
    void withoutExamplesItIsRightAsOftenAsAnIndependentImplementation(String model, int right, int calibrated) {
        AccuracyTask task = greatOrTerrible(model);
        assertThat(Accuracy.zeroShot(task, Calibration.NONE)).isEqualTo(right / 872.0);
        assertThat(Accuracy.zeroShot(task, Calibration.PMI)).isEqualTo(calibrated / 872.0);
    }

    @Test
    void theChineseOneIsRightAsOftenAsAnIndependentImplementation() {
        AccuracyTask task = ChineseTasks.reviews(data, 1_000);
        assertThat(Accuracy.zeroShot(task, Calibration.NONE)).isEqualTo(387 / 610.0);
        assertThat(Accuracy.zeroShot(task, Calibration.PMI)).isEqualTo(412 / 610.0);
    }

    @Test
    void sixteenExamplesALabelMakeItBetterThanNone() {
        AccuracyTask task = greatOrTerrible("cloze-tiny-en");
        double zeroShot = Accuracy.zeroShot(task, Calibration.NONE);

        assertThat(Accuracy.tuned(task, 13).test()).isGreaterThan(zeroShot);
    }

    @ParameterizedTest
    @CsvSource({"cloze-tiny-en, 2000", "cloze-small-en, 1000", "cloze-small-zh, 610"})
    @Tag("slow")
    void theRowsOfACardHaveTheAccuracyThatIsMeasured(String model, int texts) {
        List<AccuracyTask> inCard = AccuracyTasks.all(data, model, texts).stream()
                .filter(task -> card(model).stream().anyMatch(line -> line.startsWith("| " + task.name() + " |")))
                .toList();
        assertThat(inCard).isNotEmpty();
        for (AccuracyTask task : inCard) {
            assertThat(rowOfCard(model, task.name()))
                    .contains("| %s | %s | %s |"
                            .formatted(
                                    Spread.percent(Accuracy.zeroShot(task, Calibration.NONE)),
                                    Spread.percent(Accuracy.zeroShot(task, Calibration.CONTEXTUAL)),
                                    Spread.percent(Accuracy.zeroShot(task, Calibration.PMI))));
        }
    }

    /** Other groupings of batches draw other dropout, which has moved these means by up to two points, as the card says. */
    @ParameterizedTest
    @ValueSource(strings = {"SST-2", "TREC"})
    @Tag("slow")
    void theCardOfTheQuickModelHasTheMeanAccuracyAfterTuning(String name) {
        AccuracyTask task = AccuracyTasks.all(data, "cloze-tiny-en", 2_000).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        double[] measured = LmBffSplits.SEEDS.stream()
                .mapToDouble(seed -> Accuracy.tuned(task, seed).test())
                .toArray();
        Matcher said = Pattern.compile("\\| ([\\d.]+) \\([\\d.]+\\) \\|$").matcher(rowOfCard("cloze-tiny-en", name));
        assertThat(said.find()).isTrue();

        assertThat(100 * Spread.of(measured).mean()).isCloseTo(Double.parseDouble(said.group(1)), within(2.0));
    }

    private static List<String> card(String model) {
        try {
            return Files.readAllLines(Path.of("../models", CARDS.get(model), "README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rowOfCard(String model, String name) {
        return card(model).stream()
                .filter(line -> line.startsWith("| " + name + " |"))
                .findFirst()
                .orElseThrow();
    }

    private AccuracyTask greatOrTerrible(String model) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("negative", List.of("terrible"));
        words.put("positive", List.of("great"));
        return new AccuracyTask(
                model,
                "SST-2",
                "{text} It was {mask}.",
                words,
                LmBffSplits.sst2(data)::split,
                new PublicDatasets(data).sst2().dev());
    }
}
