package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.template.EncodedText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** The training examples as texts. */
@FunctionalInterface
public interface ExampleTexts {

    /** The text of an example with so many masks. */
    EncodedText of(int example, int masks);

    /**
     * The texts for one micro-batch, where something of them is drawn anew each time an example comes.
     *
     * @param seed the only source of randomness
     */
    default ExampleTexts drawn(int[] batch, long seed) {
        return this;
    }

    /** Texts that stay as they are. */
    static ExampleTexts fixed(IntFunction<List<EncodedText>> texts) {
        Map<Integer, List<EncodedText>> known = new ConcurrentHashMap<>();
        return (example, masks) -> known.computeIfAbsent(masks, texts::apply).get(example);
    }
}
