package dev.cloze.runtime.tuning.writing;

import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import java.util.Arrays;
import java.util.List;

/** How probable a model finds targets, given what stands before them. */
public final class TargetLikelihood {

    private final List<TextRow> rows;

    /** Of these targets. */
    public TargetLikelihood(List<TextRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Tokens of all targets, their end tokens included. */
    public long tokens() {
        return rows.stream().mapToLong(row -> row.target().length).sum();
    }

    /** The sum over the tokens of minus the natural logarithm of their probability. */
    public double loss(TextBackbone backbone) {
        return rows.isEmpty() ? 0 : Arrays.stream(backbone.targetLosses(rows)).sum();
    }

    /** The mean over the tokens of the natural logarithm of their probability; higher is better. */
    public double mean(TextBackbone backbone) {
        return -loss(backbone) / tokens();
    }
}
