package dev.cloze.runtime.tuning.patterns;

import dev.cloze.runtime.tuning.ensemble.Shares;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import dev.cloze.runtime.tuning.unlabeled.ScoreFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What several models say of the unlabelled texts together: s(l|x) = (1/Z) sum over j of w_j s_j(l|x), of raw scores (Schick and
 * Schütze 2021, arXiv 2001.07676, section 3.1).
 */
public final class SoftLabels {

    /** The name of the step of a run's last models. */
    public static final String STEP = "soft-labels";

    private static final String FILE = "soft-labels.bin";

    private SoftLabels() {}

    /** The step that writes them; {@link #open} reads them. */
    public static FinishedStep step(PatternRun run, List<PatternModel> models, double[] weights) {
        Map<String, String> inputs = new LinkedHashMap<>();
        models.forEach(model -> inputs.put(model.name(), model.step().hash()));
        inputs.put("weights", Arrays.toString(weights));
        return run.plan()
                .step(
                        STEP,
                        inputs,
                        (result, scratch) -> write(result.resolve(FILE), scores(run, models), Shares.of(weights)));
    }

    /** What a step wrote, which the caller closes. */
    public static ScoreFile open(PatternRun run, FinishedStep step) {
        return ScoreFile.open(step.file(FILE), run.task().labels().size());
    }

    /** Closes the scores. */
    static void write(Path file, List<ScoreFile> scores, double[] shares) throws IOException {
        try (Together together = new Together(scores, shares)) {
            ScoreFile.write(file, together);
        }
    }

    /** What these models say together, row by row as it is asked for; the caller closes it. */
    public static Together together(PatternRun run, List<PatternModel> models, double[] weights) {
        return new Together(scores(run, models), Shares.of(weights));
    }

    private static List<ScoreFile> scores(PatternRun run, List<PatternModel> models) {
        List<ScoreFile> files = new ArrayList<>();
        for (PatternModel model : models) {
            files.add(ScoreFile.open(
                    model.step().file(PatternModel.SCORES), run.task().labels().size()));
        }
        return files;
    }

    /** Rows of mean scores. */
    public static final class Together extends AbstractList<float[]> implements AutoCloseable {
        private final List<ScoreFile> files;
        private final double[] shares;

        Together(List<ScoreFile> files, double[] shares) {
            this.files = files;
            this.shares = shares;
        }

        @Override
        public float[] get(int index) {
            return Shares.mean(files.stream().map(file -> file.get(index)).toList(), shares);
        }

        @Override
        public int size() {
            return files.get(0).size();
        }

        @Override
        public void close() {
            files.forEach(ScoreFile::close);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
