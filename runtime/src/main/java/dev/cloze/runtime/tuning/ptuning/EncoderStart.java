package dev.cloze.runtime.tuning.ptuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.soft.StartVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a prompt encoder is before the first step: its rows are given, its weights drawn as torch draws them, all alike between
 * -b and b with b = 1 / sqrt(H) for an LSTM and 1 / sqrt(in) for a linear layer and its bias.
 */
final class EncoderStart implements WeightSource {

    private final PromptEncoderShape shape;
    private final List<float[]> rows;
    private final long seed;
    private final List<String> names = new ArrayList<>();

    EncoderStart(PromptEncoderShape shape, List<float[]> rows, long seed) {
        this.shape = shape;
        this.rows = rows;
        this.seed = seed;
        shape.cells().forEach(slot -> names.add(slot.parts().get(0)));
        shape.layers().forEach(slot -> names.add(slot.parts().get(0)));
    }

    @Override
    public NDArray weight(NDManager memory, WeightSlot slot) {
        String name = slot.parts().get(0);
        if (name.equals(shape.rows().parts().get(0))) {
            return StartVectors.array(memory, rows);
        }
        double bound = 1 / Math.sqrt(name.startsWith("lstm") ? shape.hidden() : (double) inputs(name));
        Shape sizes = new Shape(slot.shape());
        Random random = new Random(RandomStream.INIT.seed(seed, 3L + names.indexOf(name)));
        float[] numbers = new float[(int) sizes.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return memory.create(numbers, sizes);
    }

    /** How many numbers the layer of a matrix or bias takes. */
    private long inputs(String name) {
        String matrix = name.replace(".bias", ".weight");
        return shape.layers().stream()
                .filter(slot -> slot.parts().get(0).equals(matrix))
                .findFirst()
                .orElseThrow()
                .shape()[1];
    }
}
