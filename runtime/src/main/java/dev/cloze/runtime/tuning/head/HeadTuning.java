package dev.cloze.runtime.tuning.head;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.RescuingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.loop.FullTuning;
import java.util.LinkedHashMap;
import java.util.Map;

/** One run that trains a head and all weights below it: drives the loop, and keeps what came of it. */
public final class HeadTuning {

    private final LanguageModel model;
    private final HeadReading reading;
    private final TrainingOptions options;
    private final TuningRequest<LabelProduct> request;

    public HeadTuning(
            LanguageModel model, HeadReading reading, TrainingOptions options, TuningRequest<LabelProduct> request) {
        this.model = model;
        this.reading = reading;
        this.options = options;
        this.request = request;
    }

    /** The product takes over the model's lease. */
    public TuningResult<LabelProduct> run(HeadExamples train, LabeledValues dev) {
        String devHash = HeadExamples.of(reading, dev).dataHash();
        Backbone body = model.backbone().trainableBody();
        try (Head head = fresh(body);
                FullTuning tuning = new FullTuning(
                        body,
                        head.weights(),
                        HeadObjective.of(head, reading.pooling(), train.rows(), train.targets()),
                        options,
                        trained -> dev.accuracy(new HeadAnswers(reading, trained, head)))) {
            TrainingTask data =
                    new TrainingTask(train.rows().size(), train.cutShare(), identity(train.dataHash(), devHash));
            RescuingLoop loop =
                    new RescuingLoop(options, data, request.training().heard(), "dev accuracy");
            loop.run(tuning, folder -> {
                try (HeadProduct best = product(tuning, model.shared(), body)) {
                    request.rescue().save(best, loop.record(train.dataHash()), folder);
                }
            });
            return new TuningResult<>(product(tuning, model, body), loop.record(train.dataHash()));
        }
    }

    private Head fresh(Backbone body) {
        try {
            return FreshHead.of(model, reading.shape(), reading.labels(), options.seed());
        } catch (RuntimeException | Error e) {
            body.close(); // which nobody has taken over yet
            throw e;
        }
    }

    private HeadProduct product(FullTuning tuning, LanguageModel lease, Backbone body) {
        return tuning.tuned(weights -> HeadProduct.of(lease, reading, body, weights));
    }

    private Map<String, String> identity(String dataHash, String devHash) {
        LabelTask task = reading.task();
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("task", task.name());
        identity.put("template", reading.identity().text());
        identity.put("labels", task.labels().toString());
        identity.put("states", reading.pooling().name());
        identity.put("maxLength", Integer.toString(reading.maxLength()));
        identity.put("backbone", model.folder().weightsHash());
        identity.put("tokenizer", model.folder().tokenizerHash());
        identity.put("training data", dataHash);
        identity.put("development data", devHash);
        return identity;
    }
}
