package dev.cloze.testkit.data;

import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.FewShotSplit;
import java.nio.file.Path;
import java.util.List;

/**
 * STS-B, pairs of sentences rated from 0 to 5, in the splits that LM-BFF's results were measured with (Gao et al. 2021): sixteen
 * pairs of each half of the scale.
 *
 * @param folder the task's folder
 */
public record SentenceSimilarity(Path folder) {

    /** The splits in the data sets' folder, see {@link SharedFolder}. */
    public static SentenceSimilarity in(Path data) {
        return new SentenceSimilarity(data.resolve("lmbff-kshot").resolve("STS-B"));
    }

    /** The split drawn with one of {@link LmBffSplits#SEEDS}: 32 pairs to train on and 32 to choose by. */
    public FewShotSplit<RatedPair> split(int seed) {
        Path drawn = folder.resolve("16-" + seed);
        return new FewShotSplit<>(read(drawn.resolve("train.tsv")), read(drawn.resolve("dev.tsv")));
    }

    /** The test set of all seeds: 1,500 pairs. */
    public List<RatedPair> test() {
        return read(folder.resolve("test.tsv"));
    }

    /** The file marks no quotes. */
    private static List<RatedPair> read(Path file) {
        return DataFile.of(file).tsv().stream()
                .map(row ->
                        new RatedPair(row.get("sentence1"), row.get("sentence2"), Double.parseDouble(row.get("score"))))
                .toList();
    }
}
