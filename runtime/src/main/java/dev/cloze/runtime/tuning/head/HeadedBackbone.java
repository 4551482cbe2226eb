package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.SavedProduct;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A tuned backbone and the head on it, both its own, whatever the head's numbers stand for.
 *
 * @param backbone below the head
 * @param head on it
 */
public record HeadedBackbone(Backbone backbone, Head head) implements AutoCloseable {

    /**
     * Copies of trained weights.
     *
     * @param outputs numbers that the head gives
     * @param tuned the backbone, which it takes over, also where this fails
     * @param weights of the head, among others, by slot
     */
    public static HeadedBackbone copied(
            LanguageModel model, ClassifierHead shape, int outputs, Backbone tuned, Map<WeightSlot, NDArray> weights) {
        try {
            FiniteWeights.require(tuned, model.folder().name());
            Backbone shared = model.backbone();
            return new HeadedBackbone(
                    tuned, Head.copied(shape, shared.shape().hiddenSize(), outputs, shared.device(), weights));
        } catch (RuntimeException | Error e) {
            tuned.close();
            throw e;
        }
    }

    /**
     * What was saved.
     *
     * @param outputs numbers that the head gives
     * @param below reads the backbone
     */
    public static HeadedBackbone read(
            LanguageModel model, ClassifierHead shape, int outputs, SavedProduct saved, Supplier<Backbone> below) {
        String name = model.folder().name();
        Backbone tuned = below.get();
        try (WeightsReader reader = new WeightsReader(
                saved.tensors(), BackboneFamilies.of(name, model.folder().config()), saved.place())) {
            FiniteWeights.require(tuned, saved.place());
            Backbone shared = model.backbone();
            return new HeadedBackbone(
                    tuned, Head.of(shape, shared.shape().hiddenSize(), outputs, shared.device(), reader));
        } catch (RuntimeException | Error e) {
            tuned.close();
            throw e;
        }
    }

    /** All that has to be saved. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(backbone.tensors());
        tensors.putAll(head.tensors());
        return tensors;
    }

    @Override
    public void close() {
        head.close();
        backbone.close();
    }
}
