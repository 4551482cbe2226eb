package dev.cloze.runtime.classification;

import dev.cloze.runtime.template.EncodedText;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Inputs as texts with as many masks as are asked for, with a memory of which of them were cut: more masks leave less room,
 * so that an input can fit as one text and not as another.
 */
final class EncodedInputs<I> implements IntFunction<List<EncodedText>> {

    private final CompiledTask<I, ?> task;
    private final List<? extends @Nullable I> inputs;
    private final boolean[] cut;

    EncodedInputs(CompiledTask<I, ?> task, List<? extends @Nullable I> inputs) {
        this.task = task;
        this.inputs = inputs;
        this.cut = new boolean[inputs.size()];
    }

    /** All inputs with so many masks. */
    @Override
    public List<EncodedText> apply(int masks) {
        List<EncodedText> texts = task.encode(inputs, masks);
        for (int i = 0; i < cut.length; i++) {
            cut[i] |= texts.get(i).cut();
        }
        return texts;
    }

    /** Whether this input lost a part in any of the texts so far. */
    boolean isCut(int input) {
        return cut[input];
    }

    /** The share of inputs that did, 0 to 1. */
    double cutShare() {
        return IntStream.range(0, cut.length).filter(this::isCut).count() / (double) cut.length;
    }
}
