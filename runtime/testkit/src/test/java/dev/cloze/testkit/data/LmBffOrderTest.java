package dev.cloze.testkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.Compat;
import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our sampler in the reference order, on the original data, against the splits LM-BFF's authors published. */
class LmBffOrderTest {

    private Path data = Path.of("");

    @BeforeEach
    void findData() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        data = SharedFolder.data().orElseThrow();
    }

    @Test
    void theSplitsOfRteAreThePublishedOnes() {
        List<DataRow> train = DataFile.of(data.resolve("rte/train.tsv.gz")).tsv();
        for (int seed : LmBffSplits.SEEDS) {
            FewShotSplit<DataRow> drawn =
                    FewShotSampler.split(train, row -> row.get("label"), 16, seed, Compat.REFERENCE);
            Path published = data.resolve("lmbff-kshot/RTE/16-" + seed);

            assertThat(values(drawn.train()))
                    .isEqualTo(
                            values(DataFile.of(published.resolve("train.tsv")).tsv()));
            assertThat(values(drawn.dev()))
                    .isEqualTo(values(DataFile.of(published.resolve("dev.tsv")).tsv()));
        }
    }

    @Test
    void theSplitsOfTrecAreThePublishedOnes() {
        List<TextExample> train = new PublicDatasets(data).trec().train();
        for (int seed : LmBffSplits.SEEDS) {
            FewShotSplit<TextExample> drawn =
                    FewShotSampler.split(train, TextExample::label, 16, seed, Compat.REFERENCE);

            assertThat(drawn).isEqualTo(LmBffSplits.trec(data).split(seed));
        }
    }

    @Test
    void theSplitsOfSst2AreThePublishedOnes() {
        List<TextExample> train = wholeSentences();
        assertThat(train).hasSize(6_920);
        for (int seed : LmBffSplits.SEEDS) {
            FewShotSplit<TextExample> drawn =
                    FewShotSampler.split(train, TextExample::label, 16, seed, Compat.REFERENCE);
            FewShotSplit<TextExample> published = LmBffSplits.sst2(data).split(seed);

            assertThat(drawn.train()).map(LmBffOrderTest::letters).isEqualTo(map(published.train()));
            assertThat(drawn.dev()).map(LmBffOrderTest::letters).isEqualTo(map(published.dev()));
        }
    }

    /** LM-BFF drew from SST's sentences, which are those of SST-5 without the neutral ones, in their order. */
    private List<TextExample> wholeSentences() {
        List<TextExample> examples = new ArrayList<>();
        DataFile file = DataFile.of(data.resolve("sst5/stsa.fine.train.gz"));
        for (String line : file.withCharset(StandardCharsets.ISO_8859_1).lines()) {
            int stars = line.charAt(0) - '0';
            if (stars != 2) {
                examples.add(new TextExample(line.substring(2), stars < 2 ? "negative" : "positive"));
            }
        }
        return examples;
    }

    private static List<String> map(List<TextExample> examples) {
        return examples.stream().map(LmBffOrderTest::letters).toList();
    }

    /** The two copies write brackets and accents in different ways. */
    private static String letters(TextExample example) {
        return example.label() + " "
                + example.text().replace("-lrb-", "").replace("-rrb-", "").replaceAll("[^a-z0-9]", "");
    }

    private static List<?> values(List<DataRow> rows) {
        return rows.stream().map(DataRow::values).toList();
    }
}
