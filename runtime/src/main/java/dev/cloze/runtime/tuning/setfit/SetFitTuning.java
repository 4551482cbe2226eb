package dev.cloze.runtime.tuning.setfit;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.head.HeadExamples;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.loop.TrainingIdentity;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import java.util.Map;

/** One run: pairs tune the encoder, then a logistic regression learns from its vectors, as it does for each evaluation. */
final class SetFitTuning {

    private final LanguageModel model;
    private final HeadReading reading;
    private final VectorLength length;
    private final TrainingOptions options;
    private final TuningRequest<LabelProduct> request;

    SetFitTuning(
            LanguageModel model,
            HeadReading reading,
            VectorLength length,
            TrainingOptions options,
            TuningRequest<LabelProduct> request) {
        this.model = model;
        this.reading = reading;
        this.length = length;
        this.options = options;
        this.request = request;
    }

    /** The product takes over the model's lease. */
    TuningResult<LabelProduct> run(LabeledValues train, LabeledValues dev) {
        HeadExamples examples = HeadExamples.of(reading, train);
        String devHash = HeadExamples.of(reading, dev).dataHash();
        int[] labels = train.labels();
        long wanted = (long) options.maxSteps() * options.batchSize();
        Pairs pairs = Pairs.of(
                labels, (int) Math.min(wanted, SetFitStrategy.MOST_PAIRS), RandomStream.ORDER.seed(options.seed(), -1));
        try (FullTuning tuning = new FullTuning(
                model.backbone().trainableBody(),
                Map.of(),
                CosineObjective.of(reading.pooling(), examples.rows(), pairs),
                options,
                body -> dev.accuracy(VectorLabels.learned(reading, body, length, examples.rows(), labels)))) {
            TrainingTask data =
                    new TrainingTask(pairs.size(), examples.cutShare(), identity(examples.dataHash(), devHash));
            return request.train(
                    tuning,
                    options,
                    data,
                    "dev accuracy",
                    () -> product(tuning, model.shared(), examples, labels),
                    () -> product(tuning, model, examples, labels));
        }
    }

    private SetFitProduct product(FullTuning tuning, LanguageModel lease, HeadExamples examples, int[] labels) {
        Backbone tuned = tuning.tuned();
        try {
            FiniteWeights.require(tuned, model.folder().name());
            return new SetFitProduct(
                    lease,
                    reading,
                    tuned,
                    VectorLabels.learned(reading, tuned, length, examples.rows(), labels),
                    LabelOrder.of(reading.task().labels()));
        } catch (RuntimeException | Error e) {
            tuned.close();
            throw e;
        }
    }

    private Map<String, String> identity(String dataHash, String devHash) {
        LabelTask task = reading.task();
        Map<String, String> identity = TrainingIdentity.of(
                model, task.name(), reading.identity().text(), reading.maxLength(), dataHash, devHash);
        identity.put("labels", task.labels().toString());
        identity.putAll(SetFitProduct.settings(reading, length));
        return identity;
    }
}
