package dev.cloze.runtime.tuning.tag;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.SpanAnswer;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.head.Head;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A head that tags tokens on a tuned backbone: one template, whose placeholders are read, and one model. */
public final class TagProduct implements SpanProduct {

    private final LanguageModel model;
    private final TagReading reading;
    private final Backbone tuned;
    private final Head head;
    private final List<String> names;
    private final Map<String, String> settings;
    private final TagAnswers answers;

    /** Takes over the model's lease, the tuned backbone and the head. */
    private TagProduct(
            LanguageModel model,
            TagReading reading,
            Backbone tuned,
            Head head,
            List<String> names,
            Map<String, String> settings) {
        this.model = model;
        this.reading = reading;
        this.tuned = tuned;
        this.head = head;
        this.names = names;
        this.settings = Map.copyOf(settings);
        List<String> labels = names(reading);
        int[] present = names.stream().mapToInt(labels::indexOf).toArray();
        this.answers = new TagAnswers(reading, tuned, head, label -> present[label]);
    }

    /**
     * Copies of trained weights. It takes over the model's lease, which where a weight is no number stays the caller's.
     *
     * @param tuned the backbone below the head, which it takes over, also where this fails
     * @param weights of the head, among others, by slot
     * @param settings what has to be known to read the backbone again, by name
     */
    static TagProduct of(
            LanguageModel model,
            TagReading reading,
            Backbone tuned,
            Map<WeightSlot, NDArray> weights,
            Map<String, String> settings) {
        try {
            FiniteWeights.require(tuned, model.folder().name());
            Backbone shared = model.backbone();
            Head head =
                    Head.copied(reading.shape(), shared.shape().hiddenSize(), reading.tags(), shared.device(), weights);
            return new TagProduct(model, reading, tuned, head, names(reading), settings);
        } catch (RuntimeException | Error e) {
            tuned.close();
            throw e;
        }
    }

    /** What was saved on a tuned copy of the model. It takes over the model's lease, unless that cannot be read. */
    public static TagProduct read(LanguageModel model, TagReading reading, SavedProduct saved) {
        return read(model, reading, saved, Map.of(), () -> model.backbone()
                .withWeights(saved.tensors().without(reading.shape().names()), saved.place()));
    }

    /**
     * What was saved on another backbone.
     *
     * @param settings what a product of this method says of that backbone, by name
     * @param below reads it, when the rest fits
     */
    public static TagProduct read(
            LanguageModel model,
            TagReading reading,
            SavedProduct saved,
            Map<String, String> settings,
            Supplier<Backbone> below) {
        saved.fit().accept(identity(model, reading, settings));
        String name = model.folder().name();
        Backbone tuned = below.get();
        try (WeightsReader reader = new WeightsReader(
                saved.tensors(), BackboneFamilies.of(name, model.folder().config()), saved.place())) {
            FiniteWeights.require(tuned, saved.place());
            List<String> names = LabelOrder.saved(
                            saved.texts().getOrDefault(LabelOrder.TEXTS, List.of()),
                            reading.task().labels().labels())
                    .names();
            Backbone shared = model.backbone();
            Head head = Head.of(
                    reading.shape(), shared.shape().hiddenSize(), reading.tags(), shared.device(), reader::read);
            return new TagProduct(model, reading, tuned, head, names, settings);
        } catch (RuntimeException | Error e) {
            tuned.close();
            throw e;
        }
    }

    /** The labels in the order of the head's tags. */
    private static List<String> names(TagReading reading) {
        return LabelOrder.of(reading.task().labels().labels()).names();
    }

    private static ProductIdentity identity(LanguageModel model, TagReading reading, Map<String, String> settings) {
        return new ProductIdentity(
                List.of(reading.identity()), reading.maxLength(), List.of(model.identity()), settings);
    }

    @Override
    public ProductIdentity identity() {
        return identity(model, reading, settings);
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(tuned.tensors());
        tensors.putAll(head.tensors());
        return tensors;
    }

    @Override
    public Map<String, List<String>> texts() {
        return Map.of(LabelOrder.TEXTS, names);
    }

    @Override
    public List<SpanAnswer> answer(List<Map<String, String>> inputs) {
        return answers.answer(inputs);
    }

    @Override
    public void close() {
        head.close();
        tuned.close();
        model.close();
    }
}
