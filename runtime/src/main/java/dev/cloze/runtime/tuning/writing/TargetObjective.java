package dev.cloze.runtime.tuning.writing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-entropy over the tokens of the texts to be written; the sources are read, not learnt.
 *
 * <p>The loss of a batch is the mean over its targets' tokens, as in transformers. With {@link Compat#REFERENCE} it is
 * the sum over each target, and the mean of those over the batch (Li and Liang 2021, prefix tuning, arXiv 2101.00190,
 * equation 2, and its code): long targets then count for more.
 */
public final class TargetObjective implements Objective {

    private final TextBackbone backbone;
    private final Kernel kernel;
    private final List<TextRow> rows;
    private final boolean byTokens;

    private TargetObjective(TextBackbone backbone, Kernel kernel, List<TextRow> rows, Compat compat) {
        this.backbone = backbone;
        this.kernel = kernel;
        this.rows = rows;
        this.byTokens = compat == Compat.PAPER;
    }

    /** The objective of these pairs; the backbone has to be a {@link TextBackbone}. */
    public static Plan of(List<TextRow> rows, Compat compat) {
        List<TextRow> own = List.copyOf(rows);
        return (backbone, kernel) -> of((TextBackbone) backbone, kernel, own, compat);
    }

    static TargetObjective of(TextBackbone backbone, Kernel kernel, List<TextRow> rows, Compat compat) {
        return new TargetObjective(backbone, kernel, rows, compat);
    }

    @Override
    public double weight(int[] examples) {
        return byTokens
                ? Arrays.stream(examples)
                        .mapToLong(i -> rows.get(i).target().length)
                        .sum()
                : examples.length;
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        int[] lengths = Arrays.stream(batch).map(i -> rows.get(i).length()).toArray();
        return backbone.buckets(lengths);
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        List<TextRow> batch = Arrays.stream(members).mapToObj(rows::get).toList();
        NDArray losses = backbone.targetLoss(scope, batch, dropout, Injection.NONE);
        return kernel.train(scope, "total", losses, Control.of(scope, share * factor / weight(members)));
    }
}
