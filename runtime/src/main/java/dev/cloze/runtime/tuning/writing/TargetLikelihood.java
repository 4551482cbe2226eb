package dev.cloze.runtime.tuning.writing;

import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import java.util.Arrays;
import java.util.List;

/** How probable a model finds targets, given what stands before them. */
final class TargetLikelihood {

    private final List<TextRow> rows;

    /** Of these targets. */
    public TargetLikelihood(List<TextRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Tokens of all targets, their end tokens included. */
    public long tokens() {
        return rows.stream().mapToLong(row -> row.target().length).sum();
    }

    /**
     * The sum over the tokens of minus the natural logarithm of their probability.
     *
     * @throws dev.cloze.problem.ClozeException MODEL_NOT_FINITE
     */
    public double loss(TextBackbone backbone) {
        if (rows.isEmpty()) {
            return 0;
        }
        double loss = Arrays.stream(backbone.targetLosses(rows)).sum();
        FiniteScores.require(loss, "the targets");
        return loss;
    }

    /** The mean over the tokens of the natural logarithm of their probability; higher is better. */
    public double mean(TextBackbone backbone) {
        return -loss(backbone) / tokens();
    }
}
