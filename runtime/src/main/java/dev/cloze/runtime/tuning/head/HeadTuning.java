package dev.cloze.runtime.tuning.head;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.TrainingIdentity;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One run that trains a head and all weights below it: drives the loop, and keeps what came of it.
 *
 * @param <P> the kind of product
 */
public final class HeadTuning<P extends Product> {

    private final LanguageModel model;
    private final HeadReading reading;
    private final TrainingOptions options;
    private final TuningRequest<P> request;
    private final Function<HeadProduct, P> finish;

    /**
     * A run of a task on this model.
     *
     * @param finish makes the method's product of what the head says, which it takes over
     */
    public HeadTuning(
            LanguageModel model,
            HeadReading reading,
            TrainingOptions options,
            TuningRequest<P> request,
            Function<HeadProduct, P> finish) {
        this.model = model;
        this.reading = reading;
        this.options = options;
        this.request = request;
        this.finish = finish;
    }

    /** What is trained below a head, and the head with it. */
    @FunctionalInterface
    public interface Plan {

        /**
         * The training, ready to begin; the caller closes it, and the head afterwards.
         *
         * @param devScore how good head and backbone are on the development set
         */
        BackboneTraining of(
                Head head, Objective.Plan objective, TrainingOptions options, ToDoubleFunction<Backbone> devScore);
    }

    /** Trains all weights below the head too; the product takes over the model's lease. */
    public TuningResult<P> run(HeadExamples train, HeadDevelopment dev) {
        return run(
                train,
                dev,
                (head, objective, chosen, devScore) ->
                        new FullTuning(model.backbone().trainableBody(), head.weights(), objective, chosen, devScore),
                Map.of());
    }

    /**
     * Trains; the product takes over the model's lease.
     *
     * @param plan what is trained
     * @param settings what has to be known to read the product again, by name
     */
    public TuningResult<P> run(HeadExamples train, HeadDevelopment dev, Plan plan, Map<String, String> settings) {
        try (Head head = FreshHead.of(model, reading.shape(), reading.labels(), options.seed());
                BackboneTraining tuning = plan.of(
                        head,
                        HeadObjective.of(head, reading.pooling(), train.rows(), train.targets()),
                        options,
                        trained -> dev.score()
                                .applyAsDouble(
                                        new HeadAnswers(reading, trained, FixedHead.of(head)).answer(dev.inputs())))) {
            TrainingTask data =
                    new TrainingTask(train.rows().size(), train.cutShare(), identity(train.dataHash(), dev.dataHash()));
            return request.train(
                    tuning,
                    options,
                    data,
                    dev.metric(),
                    () -> product(tuning, model.shared(), settings),
                    () -> product(tuning, model, settings));
        }
    }

    private P product(BackboneTraining tuning, LanguageModel lease, Map<String, String> settings) {
        Backbone below = tuning.tuned();
        return finish.apply(tuning.tuned(weights -> HeadProduct.of(lease, reading, below, weights, settings)));
    }

    private Map<String, String> identity(String dataHash, String devHash) {
        LabelTask task = reading.task();
        Map<String, String> identity = TrainingIdentity.of(
                model, task.name(), reading.identity().text(), reading.maxLength(), dataHash, devHash);
        identity.put("labels", task.labels().toString());
        identity.put(HeadProduct.STATES, reading.pooling().name());
        return identity;
    }
}
