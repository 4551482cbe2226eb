package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.RandomStream;
import java.util.List;
import java.util.Random;

/**
 * Heads to be trained: the layer before the labels is read where the model's folder has it, as BERT's has a pooler; all other
 * matrices are drawn from a normal distribution as the architecture starts them, and biases are zero.
 */
public final class FreshHead {

    private FreshHead() {}

    /**
     * A head for that model, which takes gradients.
     *
     * @param shape the model's own, or without its layer
     * @param labels how many
     * @param seed equal seeds draw equal numbers
     */
    public static Head of(LanguageModel model, ClassifierHead shape, int labels, long seed) {
        int hiddenSize = model.backbone().shape().hiddenSize();
        List<String> names = shape.slots(hiddenSize, labels).stream()
                .map(slot -> slot.parts().get(0))
                .toList();
        WeightSource drawn = (memory, slot) -> {
            int part = names.indexOf(slot.parts().get(0));
            return drawn(memory, slot, shape.deviation(), RandomStream.INIT.seed(seed, part));
        };
        if (shape.dense().isEmpty()) {
            return Head.of(shape, hiddenSize, labels, model.backbone().device(), drawn.trainable());
        }
        String name = model.folder().name();
        try (Checkpoint checkpoint = Checkpoint.open(model.folder().path());
                WeightsReader reader = new WeightsReader(
                        checkpoint, BackboneFamilies.of(name, model.folder().config()), name)) {
            WeightSource published = (memory, slot) ->
                    isPublished(reader, shape, slot) ? reader.weight(memory, slot) : drawn.weight(memory, slot);
            return Head.of(shape, hiddenSize, labels, model.backbone().device(), published.trainable());
        }
    }

    private static boolean isPublished(WeightsReader reader, ClassifierHead shape, WeightSlot slot) {
        return slot.parts().get(0).startsWith(shape.dense() + ".")
                && reader.has(slot.parts().get(0));
    }

    /** Random's own normal numbers, whose algorithm is part of its contract. */
    private static NDArray drawn(NDManager memory, WeightSlot slot, double deviation, long seed) {
        Shape shape = new Shape(slot.shape());
        float[] numbers = new float[(int) shape.size()];
        if (!slot.withoutDecay()) {
            Random random = new Random(seed);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return memory.create(numbers, shape);
    }
}
