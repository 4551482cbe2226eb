package dev.cloze.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.Calibration;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.PublicDatasets;
import dev.cloze.testkit.data.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The default model on public data, against figures that others and the model card give. */
class DefaultModelAccuracyTest {

    private Path data = Path.of("");

    @BeforeEach
    void findData() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        data = SharedFolder.data().orElseThrow();
    }

    /** 54.6% are 476 of the 872 sentences; transformers' BertForMaskedLM gives the same number. */
    @Test
    void withoutExamplesItIsRightAsOftenAsAnIndependentImplementation() {
        assertThat(Accuracy.zeroShot(greatOrTerrible(), Calibration.NONE)).isEqualTo(476 / 872.0);
    }

    @Test
    void sixteenExamplesALabelMakeItBetterThanNone() {
        AccuracyTask task = greatOrTerrible();
        double zeroShot = Accuracy.zeroShot(task, Calibration.NONE);

        assertThat(Accuracy.tuned(task, 13).test()).isGreaterThan(zeroShot);
    }

    @Test
    @Tag("slow")
    void theCardHasTheAccuracyThatIsMeasured() throws IOException {
        String card = Files.readString(Path.of("../models/default/README.md"));
        for (AccuracyTask task : AccuracyTasks.all(data)) {
            String row = card.lines()
                    .filter(line -> line.startsWith("| " + task.name() + " |"))
                    .findFirst()
                    .orElseThrow();
            assertThat(row)
                    .contains("| %s | %s | %s |"
                            .formatted(
                                    Spread.percent(Accuracy.zeroShot(task, Calibration.NONE)),
                                    Spread.percent(Accuracy.zeroShot(task, Calibration.CONTEXTUAL)),
                                    Spread.percent(Accuracy.zeroShot(task, Calibration.PMI))));
        }
    }

    private AccuracyTask greatOrTerrible() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("negative", List.of("terrible"));
        words.put("positive", List.of("great"));
        return new AccuracyTask(
                "SST-2",
                "{text} It was {mask}.",
                words,
                LmBffSplits.sst2(data)::split,
                new PublicDatasets(data).sst2().dev());
    }
}
