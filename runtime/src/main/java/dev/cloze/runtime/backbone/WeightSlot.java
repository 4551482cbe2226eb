package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One tensor as a kernel takes it: a published tensor, or several joined along their rows (query, key, value).
 *
 * @param parts the published names, in the order joined
 * @param shapes each part's published shape
 * @param transposed whether matrices are published with their inputs as rows, as GPT-2's are
 * @param configKeys the config.json keys that make those shapes, for messages
 */
public record WeightSlot(List<String> parts, List<long[]> shapes, boolean transposed, String configKeys) {

    /** A slot of one tensor. */
    public static WeightSlot of(String name, String configKeys, long... shape) {
        return joined(List.of(name), configKeys, shape);
    }

    /** A slot of several tensors of one shape. */
    public static WeightSlot joined(List<String> names, String configKeys, long... shape) {
        return new WeightSlot(names, names.stream().map(name -> shape).toList(), false, configKeys);
    }

    /** A slot of a matrix that is published as (in, out); kernels take (out, in). */
    public static WeightSlot transposed(String name, String configKeys, long in, long out) {
        return new WeightSlot(List.of(name), List.of(new long[] {in, out}), true, configKeys);
    }

    /** The published shape of the first part, which is that of all where nothing else was said. */
    public long[] shape() {
        return shapes.get(0).clone();
    }

    /** The shape of the joined tensor as kernels take it. */
    public long[] joinedShape() {
        long[] joined = shape();
        if (transposed) {
            return new long[] {joined[1], joined[0]};
        }
        joined[0] = shapes.stream().mapToLong(part -> part[0]).sum();
        return joined;
    }

    /** Whether AdamW leaves it without weight decay: biases and layer norms, as all the reference codes do. */
    public boolean withoutDecay() {
        return shape().length == 1;
    }

    /** The tensors, or gradients of them, under their published names and in their published shapes. */
    public Map<String, Tensor> published(NDArray joined) {
        float[] values;
        if (transposed) {
            try (NDArray turned = joined.transpose()) {
                values = turned.toFloatArray();
            }
        } else {
            values = joined.toFloatArray();
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            int size = 1;
            for (long axis : shapes.get(i)) {
                size *= (int) axis;
            }
            tensors.put(
                    parts.get(i),
                    new Tensor(shapes.get(i), FloatBuffer.wrap(values, at, size).slice()));
            at += size;
        }
        return tensors;
    }
}
