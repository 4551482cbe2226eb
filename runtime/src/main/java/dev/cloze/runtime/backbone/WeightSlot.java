package dev.cloze.runtime.backbone;

import java.util.List;

/**
 * One tensor as a kernel takes it: a published tensor, or several joined along their rows (query, key, value).
 *
 * @param parts the published names, in the order joined
 * @param shape each part's shape
 * @param configKeys the config.json keys that make that shape, for messages
 */
public record WeightSlot(List<String> parts, long[] shape, String configKeys) {

    /** A slot of one tensor. */
    public static WeightSlot of(String name, String configKeys, long... shape) {
        return new WeightSlot(List.of(name), shape, configKeys);
    }

    /** A slot of several tensors of one shape. */
    public static WeightSlot joined(List<String> names, String configKeys, long... shape) {
        return new WeightSlot(names, shape, configKeys);
    }

    /** The shape of the joined tensor. */
    public long[] joinedShape() {
        long[] joined = shape.clone();
        joined[0] *= parts.size();
        return joined;
    }

    /** Whether AdamW leaves it without weight decay: biases and layer norms, as all the reference codes do. */
    public boolean withoutDecay() {
        return shape.length == 1;
    }
}
