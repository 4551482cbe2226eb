package dev.cloze.runtime.tuning.tag;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.head.FreshHead;
import dev.cloze.runtime.tuning.head.Head;
import dev.cloze.runtime.tuning.head.HeadTuning;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.loop.TrainingIdentity;
import java.util.Map;

/** One run that trains a head that tags tokens and what is below it: drives the loop, and keeps what came of it. */
public final class TagTuning {

    private final LanguageModel model;
    private final TagReading reading;
    private final TrainingOptions options;
    private final TuningRequest<SpanProduct> request;

    /** A run of a task on this model. */
    public TagTuning(
            LanguageModel model, TagReading reading, TrainingOptions options, TuningRequest<SpanProduct> request) {
        this.model = model;
        this.reading = reading;
        this.options = options;
        this.request = request;
    }

    /** Trains all weights below the head too; the product takes over the model's lease. */
    public TuningResult<SpanProduct> run(SpanValues train, SpanValues dev) {
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
    public TuningResult<SpanProduct> run(
            SpanValues train, SpanValues dev, HeadTuning.Plan plan, Map<String, String> settings) {
        TagExamples examples = TagExamples.of(reading, train).required();
        String devHash = TagExamples.of(reading, dev).dataHash();
        try (Head head = FreshHead.of(model, reading.shape(), reading.tags(), options.seed());
                BackboneTraining tuning =
                        plan.of(head, TagObjective.of(head, examples), options, trained -> devF1(dev, trained, head))) {
            TrainingTask data = new TrainingTask(
                    examples.rows().size(), examples.cutShare(), identity(examples.dataHash(), devHash));
            return request.train(
                    tuning,
                    options,
                    data,
                    "dev span F1",
                    () -> product(tuning, model.shared(), settings),
                    () -> product(tuning, model, settings));
        }
    }

    private double devF1(SpanValues dev, Backbone trained, Head head) {
        return dev.f1(new TagAnswers(reading, trained, head, label -> label).answer(dev.inputs()));
    }

    private SpanProduct product(BackboneTraining tuning, LanguageModel lease, Map<String, String> settings) {
        Backbone below = tuning.tuned();
        return tuning.tuned(weights -> TagProduct.of(lease, reading, below, weights, settings));
    }

    private Map<String, String> identity(String dataHash, String devHash) {
        LabelTask labels = reading.task().labels();
        Map<String, String> identity = TrainingIdentity.of(
                model, labels.name(), reading.identity().text(), reading.maxLength(), dataHash, devHash);
        identity.put("labels", labels.labels().toString());
        return identity;
    }
}
