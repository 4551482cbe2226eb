package dev.cloze.runtime.tuning.tag;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.SpanAnswer;
import dev.cloze.runtime.tuning.SpanAnswers;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.head.HeadedBackbone;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** A head that tags tokens on a tuned backbone: one template, whose placeholders are read, and one model. */
public final class TagProduct implements SpanProduct {

    private final LanguageModel model;
    private final TagReading reading;
    private final HeadedBackbone tuned;
    private final LabelOrder order;
    private final Map<String, String> settings;
    private final IntUnaryOperator present;

    /** Takes over the model's lease, and the tuned backbone with the head. */
    private TagProduct(
            LanguageModel model,
            TagReading reading,
            HeadedBackbone tuned,
            LabelOrder order,
            Map<String, String> settings) {
        this.model = model;
        this.reading = reading;
        this.tuned = tuned;
        this.order = order;
        this.settings = Map.copyOf(settings);
        int[] present = order.present();
        this.present = label -> present[label];
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
        HeadedBackbone copied = HeadedBackbone.copied(model, reading.shape(), reading.tags(), tuned, weights);
        LabelOrder own = LabelOrder.of(reading.task().labels().labels());
        return new TagProduct(model, reading, copied, own, settings);
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
        LabelOrder order = LabelOrder.saved(
                saved.texts().getOrDefault(LabelOrder.TEXTS, List.of()),
                reading.task().labels().labels());
        HeadedBackbone read = HeadedBackbone.read(model, reading.shape(), reading.tags(), saved, below);
        return new TagProduct(model, reading, read, order, settings);
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
        return tuned.tensors();
    }

    @Override
    public Map<String, List<String>> texts() {
        return Map.of(LabelOrder.TEXTS, order.names());
    }

    @Override
    public List<SpanAnswer> answer(List<Map<String, String>> inputs) {
        return over(tuned.backbone()).answer(inputs);
    }

    private TagAnswers over(Backbone asked) {
        return new TagAnswers(reading, asked, tuned.head(), present);
    }

    @Override
    public Optional<Sharing<SpanAnswers>> sharing() {
        return SoftBackbone.sharing(model.backbone(), tuned.backbone())
                .map(asked -> new Sharing<>(model, other -> over(asked.apply(other))));
    }

    @Override
    public void close() {
        tuned.close();
        model.close();
    }
}
