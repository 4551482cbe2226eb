package dev.cloze.testkit.kernel;

import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.testkit.kernel.Values.Floats;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Random weights in the shapes of a model's: norms about 1, all else about 0. */
record RandomWeights(Random random) {

    /** Weights for these slots, nothing where a slot is empty. */
    List<Values> of(List<Optional<WeightSlot>> slots) {
        return slots.stream()
                .<Values>map(slot -> slot.map(this::tensor).orElseGet(Floats::none))
                .toList();
    }

    /** All layers with the weights of one, which keeps files small and changes nothing about a kernel. */
    List<Values> alike(List<Optional<WeightSlot>> slots, int layers) {
        return Collections.nCopies(layers, of(slots.subList(0, slots.size() / layers))).stream()
                .flatMap(List::stream)
                .toList();
    }

    private Floats tensor(WeightSlot slot) {
        long[] shape = slot.joinedShape();
        boolean vector = shape.length == 1;
        boolean scale = vector && slot.parts().get(0).endsWith(".weight");
        return vector ? Floats.random(random, scale ? 1 : 0, 0.1, shape) : Floats.coarse(random, 0, 0.04, shape);
    }
}
