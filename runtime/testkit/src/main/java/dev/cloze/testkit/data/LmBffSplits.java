package dev.cloze.testkit.data;

import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.data.FewShotSplit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The splits of sixteen examples a label that LM-BFF's results were measured with (Gao et al. 2021), and the test sets
 * that belong to them.
 *
 * @param folder the task's folder
 * @param labels the labels' names, by the files' numbers
 */
public record LmBffSplits(Path folder, List<String> labels) {

    /** The seeds there are splits of. */
    public static final List<Integer> SEEDS = List.of(13, 21, 42, 87, 100);

    /** SST-2, whole sentences; 872 to test on. */
    public static LmBffSplits sst2(Path data) {
        return of(data, "SST-2", PublicDatasets.SENTIMENTS);
    }

    /** Film reviews; 2,000 to test on. */
    public static LmBffSplits movieReviews(Path data) {
        return of(data, "mr", PublicDatasets.SENTIMENTS);
    }

    /** Questions; 500 to test on. */
    public static LmBffSplits trec(Path data) {
        return of(data, "trec", PublicDatasets.QUESTIONS);
    }

    /** Subjective and objective sentences; 2,000 to test on. */
    public static LmBffSplits subjectivity(Path data) {
        return of(data, "subj", PublicDatasets.STANCES);
    }

    private static LmBffSplits of(Path data, String task, List<String> labels) {
        return new LmBffSplits(data.resolve("lmbff-kshot").resolve(task), labels);
    }

    /** The split drawn with one of {@link #SEEDS}. */
    public FewShotSplit<TextExample> split(int seed) {
        Path drawn = folder.resolve("16-" + seed);
        return new FewShotSplit<>(read(drawn, "train"), read(drawn, "dev"));
    }

    /** The test set of all seeds. */
    public List<TextExample> test() {
        return read(folder, "test");
    }

    /** GLUE's tasks are tables with names; the others label and text without. */
    private List<TextExample> read(Path place, String part) {
        Path table = place.resolve(part + ".tsv");
        List<DataRow> rows = Files.exists(table)
                ? DataFile.of(table).tsv()
                : DataFile.of(place.resolve(part + ".csv"))
                        .withColumns("label", "sentence")
                        .csv();
        return PublicDatasets.examples(
                rows, row -> new TextExample(row.get("sentence"), labels.get(Integer.parseInt(row.get("label")))));
    }
}
