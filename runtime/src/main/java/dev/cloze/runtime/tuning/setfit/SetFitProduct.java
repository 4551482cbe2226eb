package dev.cloze.runtime.tuning.setfit;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.linear.LinearClassifier;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.reading.TextStates;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tuned sentence encoder and a linear classifier of its vectors. */
final class SetFitProduct implements LabelProduct {

    private final LanguageModel model;
    private final HeadReading reading;
    private final Backbone tuned;
    private final VectorLabels labels;
    private final LabelOrder order;

    /** Takes over the model's lease and the tuned backbone. */
    SetFitProduct(LanguageModel model, HeadReading reading, Backbone tuned, VectorLabels labels, LabelOrder order) {
        this.model = model;
        this.reading = reading;
        this.tuned = tuned;
        this.labels = labels;
        this.order = order;
    }

    /** What was saved. It takes over the model's lease, which stays the caller's where that cannot be read. */
    static SetFitProduct read(LanguageModel model, HeadReading reading, SavedProduct saved) {
        VectorLength length = VectorLength.of(saved);
        saved.fit().accept(identity(model, reading, length));
        LinearClassifier classifier = LinearClassifier.read(saved.tensors());
        LabelOrder order = LabelOrder.saved(
                saved.texts().getOrDefault(LabelOrder.TEXTS, List.of()),
                reading.task().labels());
        Backbone tuned = model.backbone()
                .withWeights(saved.tensors().without(classifier.tensors().keySet()), saved.place());
        try {
            FiniteWeights.require(tuned, saved.place());
            return new SetFitProduct(
                    model, reading, tuned, new VectorLabels(reading, tuned, length, classifier), order);
        } catch (RuntimeException | Error e) {
            tuned.close();
            throw e;
        }
    }

    private static ProductIdentity identity(LanguageModel model, HeadReading reading, VectorLength length) {
        return new ProductIdentity(
                List.of(reading.identity()), reading.maxLength(), List.of(model.identity()), settings(reading, length));
    }

    /** How a saved product reads texts. */
    static HeadReading reading(LabelTask task, LanguageModel model, SavedProduct saved) {
        return HeadReading.ofVectors(task, model, TextStates.read(saved, ""));
    }

    /** How the vectors are made. */
    static Map<String, String> settings(HeadReading reading, VectorLength length) {
        Map<String, String> settings = new HashMap<>(length.settings());
        settings.putAll(reading.states().settings(""));
        return settings;
    }

    @Override
    public ProductIdentity identity() {
        return identity(model, reading, labels.length());
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(tuned.tensors());
        tensors.putAll(labels.classifier().tensors());
        return tensors;
    }

    @Override
    public Map<String, List<String>> texts() {
        return Map.of(LabelOrder.TEXTS, order.names());
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return labels.answer(inputs).stream()
                .map(said -> new LabelAnswer(order.apply(said.scores()), said.words(), said.cut()))
                .toList();
    }

    @Override
    public void close() {
        tuned.close();
        model.close();
    }
}
