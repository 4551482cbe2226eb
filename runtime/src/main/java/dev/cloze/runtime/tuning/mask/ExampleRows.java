package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.template.EncodedText;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What a backbone is given for the training examples.
 *
 * @param <R> what it is given for an example
 */
interface ExampleRows<R> {

    /** For this part of the score and this example. */
    R of(int part, int example);

    /** The same for one micro-batch, see {@link ExampleTexts#drawn}. */
    ExampleRows<R> drawn(int[] batch, long seed);

    /** Rows that stay as they are. */
    static <R> ExampleRows<R> fixed(List<List<R>> rows) {
        return new ExampleRows<>() {
            @Override
            public R of(int part, int example) {
                return rows.get(part).get(example);
            }

            @Override
            public ExampleRows<R> drawn(int[] batch, long seed) {
                return this;
            }
        };
    }

    /** Rows made of texts, when they are asked for. */
    static <R> ExampleRows<R> of(ExampleTexts texts, Maker<R> maker) {
        return new ExampleRows<>() {
            @Override
            public R of(int part, int example) {
                return maker.make(part, masks -> texts.of(example, masks));
            }

            @Override
            public ExampleRows<R> drawn(int[] batch, long seed) {
                return ExampleRows.of(texts.drawn(batch, seed), maker);
            }
        };
    }

    /** Makes the row of an example. */
    @FunctionalInterface
    interface Maker<R> {

        /** @param text the example with so many masks */
        R make(int part, IntFunction<EncodedText> text);
    }
}
