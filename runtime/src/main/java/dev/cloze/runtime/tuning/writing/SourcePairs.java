package dev.cloze.runtime.tuning.writing;

import dev.cloze.annotations.Compat;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.TaskExamples;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One task's texts to be written in a training of several tasks. */
public final class SourcePairs implements TaskExamples {

    private final Compat compat;
    private final List<EncodedPair> pairs;
    private final List<TextRow> rows;
    private final List<TextRow> devRows;
    private final Map<String, String> identity;

    /**
     * Those of a task.
     *
     * @throws dev.cloze.problem.ClozeException {@code INPUT_TOO_LONG} where one has no room
     */
    public SourcePairs(
            LanguageModel model, CompiledTextTask compiled, List<ValuePair> train, List<ValuePair> dev, Compat compat) {
        this.compat = compat;
        this.pairs = train.stream().map(compiled::pair).toList();
        this.rows = rows(pairs);
        this.devRows = rows(dev.stream().map(compiled::pair).toList());
        this.identity = TextTuning.identity(model, compiled, rows, devRows);
    }

    private static List<TextRow> rows(List<EncodedPair> pairs) {
        return pairs.stream().map(EncodedPair::row).toList();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public double cutShare() {
        return pairs.stream().filter(EncodedPair::cut).count() / (double) pairs.size();
    }

    @Override
    public Map<String, String> identity() {
        return identity;
    }

    /** The loss over the tokens of the targets. */
    @Override
    public Objective.Plan objective() {
        return TargetObjective.of(rows, compat);
    }

    /** See {@link TaughtTargets}. */
    @Override
    public Objective.Plan objective(Backbone teacher, double weight) {
        return TaughtTargets.of(rows, compat, (TextBackbone) teacher, weight);
    }

    /** The geometric mean of the probabilities of the targets' tokens, which can stand beside an accuracy. */
    @Override
    public ToDoubleFunction<Backbone> devScore() {
        TargetLikelihood likelihood = new TargetLikelihood(devRows);
        return backbone -> Math.exp(likelihood.mean((TextBackbone) backbone));
    }
}
