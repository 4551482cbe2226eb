package dev.cloze.runtime.tuning.writing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TargetAnswers;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of texts to be written, and how far what is said of each of their tokens, and the last hidden states there, are from those
 * of a teacher that reads the same: {@code L + weight (KL(teacher || student) + mean squared difference of states)}, each
 * the mean over the targets' tokens (Wang et al. 2023, arXiv 2303.02861, equations 2 to 4, on T5).
 *
 * <p>It projects every such token onto the whole vocabulary, twice, and keeps that for the gradient.
 */
public final class TaughtTargets implements Objective {

    private final TextBackbone backbone;
    private final TextBackbone teacher;
    private final TargetObjective own;
    private final Kernel kernel;
    private final List<TextRow> rows;
    private final double weight;

    private TaughtTargets(
            TextBackbone backbone,
            TextBackbone teacher,
            TargetObjective own,
            Kernel kernel,
            List<TextRow> rows,
            double weight) {
        this.backbone = backbone;
        this.teacher = teacher;
        this.own = own;
        this.kernel = kernel;
        this.rows = rows;
        this.weight = weight;
    }

    /**
     * By a teacher, which stays the caller's and has to be open as long as the training is.
     *
     * @param weight of what it says
     */
    public static Plan of(List<TextRow> rows, Compat compat, TextBackbone teacher, double weight) {
        List<TextRow> all = List.copyOf(rows);
        return (backbone, kernel) -> {
            TargetObjective own = TargetObjective.of((TextBackbone) backbone, kernel, all, compat);
            return new TaughtTargets((TextBackbone) backbone, teacher, own, kernel, all, weight);
        };
    }

    @Override
    public double weight(int[] examples) {
        return own.weight(examples);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        return own.buckets(batch);
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        List<TextRow> batch = Arrays.stream(members).mapToObj(rows::get).toList();
        TargetAnswers said = backbone.targetAnswers(scope, batch, dropout, Injection.NONE);
        TargetAnswers taught = teacher.targetAnswers(scope, batch, Dropout.NONE, Injection.NONE);
        NDArray targets = targets(scope, batch); // (M,)
        double part = share
                * factor
                * targets.size()
                / weight(members); // of a mean over tokens in what the loss is a mean over
        NDArray toTargets = kernel.train(scope, "loss", said.logits(), targets, Control.of(scope, part));
        NDArray toWords = kernel.train(
                scope, "distillation", said.logits(), taught.logits(), Control.of(scope, weight * part, 1));
        NDArray toStates =
                kernel.train(scope, "squares", said.states(), taught.states(), Control.of(scope, weight * part));
        return toTargets.add(toWords).add(toStates);
    }

    private static NDArray targets(NDManager scope, List<TextRow> batch) {
        return scope.create(batch.stream()
                .flatMapToInt(row -> Arrays.stream(row.target()))
                .asLongStream()
                .toArray());
    }
}
