package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A classification head on a tuned backbone: one template, whose placeholders are read, and one model. */
public final class HeadProduct implements LabelProduct {

    static final String STATES = "states";

    private final LanguageModel model;
    private final HeadReading reading;
    private final Backbone tuned;
    private final FixedHead head;
    private final LabelOrder order;
    private final Map<String, String> settings;
    private final HeadAnswers answers;

    /** Takes over the model's lease and the tuned backbone, and frees the head, of which it keeps the numbers. */
    private HeadProduct(
            LanguageModel model,
            HeadReading reading,
            HeadedBackbone headed,
            LabelOrder order,
            Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
        this.model = model;
        this.reading = reading;
        this.tuned = headed.backbone();
        this.order = order;
        try (Head own = headed.head()) {
            this.head = FixedHead.of(own);
        }
        this.answers = new HeadAnswers(reading, tuned, head);
    }

    /**
     * Copies of trained weights. It takes over the model's lease, which where a weight is no number stays the caller's.
     *
     * @param tuned the backbone below the head, which it takes over, also where this fails
     * @param weights of the head, among others, by slot
     * @param settings what has to be known to read the backbone again, by name
     */
    static HeadProduct of(
            LanguageModel model,
            HeadReading reading,
            Backbone tuned,
            Map<WeightSlot, NDArray> weights,
            Map<String, String> settings) {
        HeadedBackbone copied = HeadedBackbone.copied(model, reading.shape(), reading.labels(), tuned, weights);
        return new HeadProduct(
                model, reading, copied, LabelOrder.of(reading.task().labels()), settings);
    }

    /** What was saved. It takes over the model's lease, which stays the caller's where that cannot be read. */
    public static HeadProduct read(LanguageModel model, HeadReading reading, SavedProduct saved) {
        return read(model, reading, saved, Map.of(), () -> model.backbone()
                .withWeights(saved.tensors().without(reading.shape().names()), saved.place()));
    }

    /**
     * What was saved of a head on another backbone.
     *
     * @param settings what a product of this method says of that backbone, by name
     * @param below reads it, when the rest fits
     */
    public static HeadProduct read(
            LanguageModel model,
            HeadReading reading,
            SavedProduct saved,
            Map<String, String> settings,
            Supplier<Backbone> below) {
        saved.fit().accept(identity(model, reading, settings));
        List<String> labels = saved.texts().getOrDefault(LabelOrder.TEXTS, List.of());
        LabelOrder order = LabelOrder.saved(labels, reading.task().labels());
        HeadedBackbone read = HeadedBackbone.read(model, reading.shape(), reading.labels(), saved, below);
        return new HeadProduct(model, reading, read, order, settings);
    }

    /** Whether a saved product is one, where its method has others too. */
    public static boolean isSaved(SavedProduct saved) {
        return saved.settings().containsKey(STATES);
    }

    /** Which states the head of a saved product reads. */
    public static StatePooling pooling(SavedProduct saved) {
        return saved.constant(STATES, StatePooling.PLACES);
    }

    private static ProductIdentity identity(LanguageModel model, HeadReading reading, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(STATES, reading.pooling().name());
        return new ProductIdentity(List.of(reading.identity()), reading.maxLength(), List.of(model.identity()), all);
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
        return Map.of(LabelOrder.TEXTS, order.names());
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return inOrder(answers.answer(inputs));
    }

    private List<LabelAnswer> inOrder(List<LabelAnswer> all) {
        return all.stream()
                .map(said -> new LabelAnswer(order.apply(said.scores()), said.words(), said.cut()))
                .toList();
    }

    @Override
    public Optional<Sharing<LabelAnswers>> sharing() {
        return SoftBackbone.sharing(model.backbone(), tuned)
                .map(asked -> new Sharing<>(model, other -> {
                    HeadAnswers joint = new HeadAnswers(reading, asked.apply(other), head);
                    return inputs -> inOrder(joint.answer(inputs));
                }));
    }

    @Override
    public void close() {
        tuned.close();
        model.close();
    }
}
