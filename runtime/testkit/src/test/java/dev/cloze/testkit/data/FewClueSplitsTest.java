package dev.cloze.testkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.runtime.data.FewShotSplit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FewClueSplitsTest {

    private Path data = Path.of("");

    @BeforeEach
    void findData() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        data = SharedFolder.data().orElseThrow();
    }

    @Test
    void reviewsHaveThirtyTwoToTrainOnASplitAndAsManyToChooseBy() {
        FewClueSplits reviews = FewClueSplits.reviews(data);
        for (int number = 0; number < FewClueSplits.SPLITS; number++) {
            FewShotSplit<TextExample> split = reviews.split(number);
            assertThat(split.train()).hasSize(32);
            assertThat(split.dev()).hasSize(32);
            assertThat(counts(split.train())).containsOnlyKeys("Negative", "Positive");
        }
        assertThat(counts(reviews.test())).isEqualTo(Map.of("Negative", 305L, "Positive", 305L));
        assertThat(reviews.test().get(0)).isEqualTo(new TextExample("呵呵了 这物流速度也是没谁了 同城网购竟然三天了还不到", "Negative"));
    }

    @Test
    void headlinesHaveFifteenTopicsWhoseNamesAreTwoCharacters() {
        FewClueSplits headlines = FewClueSplits.headlines(data);
        assertThat(headlines.labels()).hasSize(15).allMatch(label -> label.length() == 2);
        for (int number = 0; number < FewClueSplits.SPLITS; number++) {
            assertThat(counts(headlines.split(number).train()))
                    .hasSize(15)
                    .allSatisfy((topic, count) -> assertThat(count).isEqualTo(16));
            assertThat(headlines.split(number).dev()).hasSize(240);
        }
        assertThat(headlines.test()).hasSize(2_010).allSatisfy(example -> assertThat(headlines.labels())
                .contains(example.label()));
        assertThat(headlines.test().get(0)).isEqualTo(new TextExample("农村依然很重视土葬", "故事"));
    }

    @Test
    void deliveriesHaveThePublishedCounts() {
        List<TextExample> deliveries = new PublicDatasets(data).deliveries();
        assertThat(counts(deliveries)).isEqualTo(Map.of("Negative", 7_987L, "Positive", 4_000L));
        assertThat(deliveries.get(0)).isEqualTo(new TextExample("很快，好吃，味道足，量大", "Positive"));
    }

    private static Map<String, Long> counts(List<TextExample> examples) {
        return examples.stream().collect(Collectors.groupingBy(TextExample::label, Collectors.counting()));
    }
}
