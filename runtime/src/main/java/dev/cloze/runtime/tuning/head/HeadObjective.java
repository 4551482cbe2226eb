package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.Arrays;
import java.util.List;

/** A loss over the label scores that a head gives to hidden states. */
public final class HeadObjective implements Objective {

    private final Backbone backbone;
    private final Kernel kernel;
    private final Head head;
    private final StatePooling pooling;
    private final List<TokenRow> rows;
    private final HeadTargets targets;

    private HeadObjective(
            Backbone backbone,
            Kernel kernel,
            Head head,
            StatePooling pooling,
            List<TokenRow> rows,
            HeadTargets targets) {
        this.backbone = backbone;
        this.kernel = kernel;
        this.head = head;
        this.pooling = pooling;
        this.rows = rows;
        this.targets = targets;
    }

    /**
     * The objective of a head.
     *
     * @param rows of the examples, asking for the place that the head reads; an element may be made when it is asked for
     */
    public static Plan of(Head head, StatePooling pooling, List<TokenRow> rows, HeadTargets targets) {
        return (backbone, kernel) -> new HeadObjective(backbone, kernel, head, pooling, rows, targets);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        int[] lengths = Arrays.stream(batch).map(i -> rows.get(i).length()).toArray();
        return backbone.buckets(lengths);
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        List<TokenRow> batch = Arrays.stream(members).mapToObj(rows::get).toList();
        NDArray states = new HeadStates(backbone, pooling).of(scope, batch, dropout);
        NDArray scores = head.scores(scope, states, dropout);
        return targets.loss(scope, kernel, scores, members, share * factor);
    }
}
