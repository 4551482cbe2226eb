package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.template.EncodedText;

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

    /** Texts that stay as they are, encoded once for each number of masks. */
    static ExampleTexts fixed(EncodedInputs texts) {
        return (example, masks) -> texts.apply(masks).get(example);
    }
}
