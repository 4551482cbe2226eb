package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.template.EncodedText;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Inputs as texts with as many masks as are asked for, with a memory of which of them were cut: more masks leave less room,
 * so that an input can fit as one text and not as another.
 */
public final class EncodedInputs implements IntFunction<List<EncodedText>> {

    private final CompiledTask task;
    private final List<Map<String, String>> inputs;
    private final boolean[] cut;

    /** Inputs, of which nothing is encoded yet. */
    public EncodedInputs(CompiledTask task, List<Map<String, String>> inputs) {
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
    public boolean isCut(int input) {
        return cut[input];
    }

    /** The share of inputs that did, 0 to 1. */
    public double cutShare() {
        return IntStream.range(0, cut.length).filter(this::isCut).count() / (double) cut.length;
    }
}
