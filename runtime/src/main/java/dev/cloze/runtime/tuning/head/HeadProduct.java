package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A classification head on a tuned backbone: one template, whose placeholders are read, and one model. */
public final class HeadProduct implements LabelProduct {

    private static final String STATES = "states";

    private final LanguageModel model;
    private final HeadReading reading;
    private final Backbone tuned;
    private final Head head;
    private final LabelOrder order;
    private final HeadAnswers answers;

    /** Takes over the model's lease, the tuned backbone and the head. */
    private HeadProduct(LanguageModel model, HeadReading reading, Backbone tuned, Head head, LabelOrder order) {
        this.model = model;
        this.reading = reading;
        this.tuned = tuned;
        this.head = head;
        this.order = order;
        this.answers = new HeadAnswers(reading, tuned, head);
    }

    /**
     * Copies of trained weights. It takes over the model's lease, which where a weight is no number stays the caller's.
     *
     * @param trained of which the product's backbone is one more, without its language-model head
     * @param weights of both, by slot
     */
    static HeadProduct of(
            LanguageModel model, HeadReading reading, Backbone trained, Map<WeightSlot, NDArray> weights) {
        Backbone tuned = trained.withWeights(weights);
        try {
            FiniteWeights.require(tuned, model.folder().name());
            Head head = head(model, reading, copiesByName(weights));
            return new HeadProduct(
                    model, reading, tuned, head, LabelOrder.of(reading.task().labels()));
        } catch (RuntimeException | Error e) {
            tuned.close();
            throw e;
        }
    }

    /** What was saved. It takes over the model's lease, which stays the caller's where that cannot be read. */
    public static HeadProduct read(LanguageModel model, HeadReading reading, SavedProduct saved) {
        saved.fit().accept(identity(model, reading));
        ClassifierHead shape = reading.shape();
        String name = model.folder().name();
        Backbone tuned = model.backbone().withWeights(saved.tensors().without(shape.names()), saved.place());
        try (WeightsReader reader = new WeightsReader(
                saved.tensors(), BackboneFamilies.of(name, model.folder().config()), saved.place())) {
            FiniteWeights.require(tuned, saved.place());
            List<String> labels = saved.texts().getOrDefault(LabelOrder.TEXTS, List.of());
            LabelOrder order = LabelOrder.saved(labels, reading.task().labels());
            return new HeadProduct(model, reading, tuned, head(model, reading, reader::read), order);
        } catch (RuntimeException | Error e) {
            tuned.close();
            throw e;
        }
    }

    private static Head head(LanguageModel model, HeadReading reading, WeightSource source) {
        Backbone backbone = model.backbone();
        return Head.of(reading.shape(), backbone.shape().hiddenSize(), reading.labels(), backbone.device(), source);
    }

    /** A head's slots are made anew for each, so that names tell them. */
    private static WeightSource copiesByName(Map<WeightSlot, NDArray> weights) {
        Map<String, NDArray> byName = new HashMap<>();
        weights.forEach((slot, array) -> byName.put(slot.parts().get(0), array));
        return (memory, slot) -> {
            String name = slot.parts().get(0);
            NDArray copy = Objects.requireNonNull(byName.get(name), name).duplicate();
            copy.attach(memory);
            return copy;
        };
    }

    /** Which states the head of a saved product reads. */
    public static StatePooling pooling(SavedProduct saved) {
        return StatePooling.valueOf(saved.settings().getOrDefault(STATES, StatePooling.PLACES.name()));
    }

    private static ProductIdentity identity(LanguageModel model, HeadReading reading) {
        return new ProductIdentity(
                List.of(reading.identity()),
                reading.maxLength(),
                List.of(model.identity()),
                Map.of(STATES, reading.pooling().name()));
    }

    @Override
    public ProductIdentity identity() {
        return identity(model, reading);
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(tuned.tensors());
        tensors.putAll(head.tensors());
        return tensors;
    }

    @Override
    public Map<String, List<String>> texts() {
        return Map.of(LabelOrder.TEXTS, order.names());
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return answers.answer(inputs).stream()
                .map(said -> new LabelAnswer(order.apply(said.scores()), said.words(), said.cut()))
                .toList();
    }

    @Override
    public void close() {
        head.close();
        tuned.close();
        model.close();
    }
}
