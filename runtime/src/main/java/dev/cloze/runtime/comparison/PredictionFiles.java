package dev.cloze.runtime.comparison;

import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.checkpoint.file.AtomicFile;
import dev.cloze.runtime.tuning.LabelNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What contenders said of each example that they were measured on, a file for each of them and each split; none without a folder. */
final class PredictionFiles {

    private static final String FOLDER = "predictions";

    private static final int LONGEST_NAME = 150;

    private final @Nullable Path folder;

    PredictionFiles(@Nullable Path folder) {
        this.folder = folder == null ? null : folder.resolve(FOLDER);
    }

    /**
     * Writes a file.
     *
     * @param key what the cell was measured with
     * @param said of each example of the split's test, in their order
     */
    <L> void write(String key, Split<?, L> split, List<Prediction<L>> said) {
        if (folder == null) {
            return;
        }
        StringBuilder text = new StringBuilder("row\tlabel\tpredicted\tprobability\n");
        for (int i = 0; i < said.size(); i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d\t%s\t%s\t%.6f\n",
                    split.places().get(i) + 1,
                    LabelNames.of(split.test().get(i).label()),
                    LabelNames.of(said.get(i).label()),
                    said.get(i).probability()));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(name(key)), out -> out.write(bytes));
    }

    /** The end of a key is a hash, which tells apart what is alike before it. */
    private static String name(String key) {
        String name = key.replaceAll("[^A-Za-z0-9._]+", "-");
        return name.substring(Math.max(0, name.length() - LONGEST_NAME)) + ".tsv";
    }
}
