package dev.cloze.runtime.search;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.RatedChecks;
import dev.cloze.runtime.regression.RegressionSession;
import dev.cloze.runtime.regression.RegressionTraining;
import dev.cloze.runtime.regression.SessionPipeline;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import java.util.List;
import java.util.Map;

/**
 * A regression that is searched for, as a choice between the ends of its scale.
 *
 * @param examples to be trained on
 * @param development other examples, or none
 * @param end which of the ends an example is said to be at
 */
public record SearchedScale<I>(
        RegressionTask<I> task, List<Rated<I>> examples, List<Rated<I>> development, ScaleEnd end)
        implements SearchedTask {

    @Override
    public TaskKind kind() {
        return TaskKind.REGRESSION;
    }

    @Override
    public LabelTask labels() {
        return ScaleTask.of(task).poles();
    }

    @Override
    public void check() {
        RatedChecks.complete(examples, task.scale(), "training example");
        RatedChecks.some(examples);
        if (end == ScaleEnd.BY_MEDIAN) {
            RatedChecks.notAllAlike(examples, "training examples", "");
        }
        RatedChecks.complete(development, task.scale(), "development example");
        RatedChecks.notAllAlike(development, "development examples", "");
    }

    @Override
    public boolean isRanked() {
        return !development.isEmpty();
    }

    @Override
    public LabeledValues train() {
        RatedValues rated = rated();
        return new LabeledValues(rated.inputs(), end.of(rated, task.scale()));
    }

    private RatedValues rated() {
        return RatedValues.of(task, examples, "training example");
    }

    /** Pearson's correlation of the upper word's probability beside the lower one's with the values. */
    @Override
    public WordFit fit() {
        RatedValues rated = rated();
        double[] shares = new double[rated.size()];
        return (logits, ranks) -> {
            for (int i = 0; i < shares.length; i++) {
                double above = (double) logits[i][1][ranks[1]] - logits[i][0][ranks[0]];
                shares[i] = 1 / (1 + Math.exp(-above));
            }
            return rated.pearson(shares);
        };
    }

    @Override
    public SearchedScale<I> withWords(List<List<String>> words) {
        return with(task.withScale(
                task.scale().withWords(words.get(0).get(0), words.get(1).get(0))));
    }

    @Override
    public SearchedScale<I> withTemplate(String text) {
        return with(task.withTemplates(List.of(text)));
    }

    private SearchedScale<I> with(RegressionTask<I> other) {
        return new SearchedScale<>(other, examples, development, end);
    }

    @Override
    public Map<String, String> inputs(TrainingOptions options) {
        return TrainingInputs.of(
                ScaleTask.of(task), options, rated(), RatedValues.of(task, development, "development example"));
    }

    /** What its evaluations say; where it made none, what it answers afterwards. */
    @Override
    public double devScore(TrainingRequest request) {
        RegressionSession<I> session =
                new RegressionTraining<>(task, request).withoutRescue().run(examples, development);
        try (SessionPipeline<I> pipeline = new SessionPipeline<>(session)) {
            Double measured = session.training().metrics().get("dev Pearson");
            return measured == null ? pearson(pipeline) : measured;
        }
    }

    private double pearson(SessionPipeline<I> pipeline) {
        double pearson = pipeline.evaluate(development).pearson();
        return Double.isNaN(pearson) ? -1 : pearson;
    }
}
