package dev.cloze.testkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.runtime.data.FewShotSplit;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicDatasetsTest {

    private PublicDatasets datasets = new PublicDatasets(Path.of(""));

    @BeforeEach
    void findData() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        datasets = new PublicDatasets(SharedFolder.data().orElseThrow());
    }

    @Test
    void sst2HasThePublishedCounts() {
        Dataset sst2 = datasets.sst2();
        assertThat(counts(sst2.train())).isEqualTo(Map.of("negative", 29_780, "positive", 37_569));
        assertThat(counts(sst2.dev())).isEqualTo(Map.of("negative", 428, "positive", 444));
        assertThat(counts(sst2.test())).isEqualTo(Map.of("negative", 917, "positive", 904));
        assertThat(sst2.dev().get(0).text()).isEqualTo("it 's a charming and often affecting journey .");
    }

    @Test
    void movieReviewsAreBalancedAndReadAsLatin1() {
        Dataset reviews = datasets.movieReviews();
        assertThat(counts(reviews.train())).isEqualTo(Map.of("negative", 5_331, "positive", 5_331));
        assertThat(reviews.train()).anyMatch(example -> example.text().contains("\u00e9"));
        assertThat(reviews.train()).noneMatch(example -> example.text().contains("\ufffd"));
    }

    @Test
    void subjectivityIsBalanced() {
        assertThat(counts(datasets.subjectivity().train())).isEqualTo(Map.of("subjective", 5_000, "objective", 5_000));
    }

    @Test
    void agNewsHasTitlesInItsBalancedTestSet() {
        Dataset news = datasets.agNews();
        assertThat(counts(news.test()))
                .isEqualTo(Map.of("World", 1_900, "Sports", 1_900, "Business", 1_900, "Sci/Tech", 1_900));
        assertThat(news.test()).allMatch(example -> !example.title().isBlank());
        assertThat(counts(news.train()))
                .isEqualTo(Map.of("World", 2_509, "Sports", 2_458, "Business", 2_496, "Sci/Tech", 2_538));
        assertThat(news.test().get(0).title()).isEqualTo("Fears for T N pension after talks");
    }

    @Test
    void trecHasSixKindsOfQuestion() {
        Dataset trec = datasets.trec();
        assertThat(counts(trec.train()))
                .isEqualTo(Map.of("DESC", 1_162, "ENTY", 1_250, "ABBR", 86, "HUM", 1_223, "LOC", 835, "NUM", 896));
        assertThat(counts(trec.test()))
                .isEqualTo(Map.of("DESC", 138, "ENTY", 94, "ABBR", 9, "HUM", 65, "LOC", 81, "NUM", 113));
        assertThat(trec.test().get(0).text()).isEqualTo("How far is it from Denver to Aspen ?");
    }

    @Test
    void theSplitsOfLmBffHaveSixteenOfEachLabel() {
        Path data = datasets.folder();
        Map<LmBffSplits, Integer> tests = Map.of(
                LmBffSplits.sst2(data), 872,
                LmBffSplits.movieReviews(data), 2_000,
                LmBffSplits.trec(data), 500,
                LmBffSplits.subjectivity(data), 2_000);
        tests.forEach((splits, size) -> {
            assertThat(splits.test()).hasSize(size);
            for (int seed : LmBffSplits.SEEDS) {
                FewShotSplit<TextExample> split = splits.split(seed);
                assertThat(counts(split.train()).values())
                        .hasSize(splits.labels().size())
                        .containsOnly(16);
                assertThat(counts(split.dev()).values())
                        .hasSize(splits.labels().size())
                        .containsOnly(16);
            }
        });
    }

    private static Map<String, Integer> counts(List<TextExample> examples) {
        Map<String, Integer> counts = new HashMap<>();
        examples.forEach(example -> counts.merge(example.label(), 1, Integer::sum));
        return counts;
    }
}
