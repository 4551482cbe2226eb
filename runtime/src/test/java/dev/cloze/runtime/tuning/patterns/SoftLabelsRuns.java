package dev.cloze.runtime.tuning.patterns;

import dev.cloze.runtime.tuning.ensemble.Shares;
import dev.cloze.runtime.tuning.unlabeled.ScoreFile;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;

/** Two models' scores of more texts than fit the heap, merged, in a process of its own. */
public final class SoftLabelsRuns {

    static final int TEXTS = 1_000_000;

    private SoftLabelsRuns() {}

    /**
     * Writes and merges them, and prints what one row came to.
     *
     * @param arguments a folder
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        ScoreFile.write(folder.resolve("one"), rows(1));
        ScoreFile.write(folder.resolve("two"), rows(3));
        SoftLabels.write(
                folder.resolve("both"),
                List.of(ScoreFile.open(folder.resolve("one"), 2), ScoreFile.open(folder.resolve("two"), 2)),
                Shares.of(1, 1));
        try (ScoreFile both = ScoreFile.open(folder.resolve("both"), 2)) {
            System.out.println(both.size() + " rows, the last " + both.get(TEXTS - 1)[0]);
        }
    }

    private static List<float[]> rows(int factor) {
        return new AbstractList<>() {
            @Override
            public float[] get(int index) {
                return new float[] {index * factor % 16, 1};
            }

            @Override
            public int size() {
                return TEXTS;
            }
        };
    }
}
