package dev.cloze.runtime.tuning.ptuning;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.PTuning.Encoder;
import dev.cloze.runtime.backbone.WeightSlot;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a prompt encoder: rows that are learnt, an LSTM of two layers in both directions or none, and linear layers.
 *
 * @param tokens P, virtual tokens
 * @param size e, numbers of a word embedding
 * @param hidden H, of the LSTM in each direction; 0 for no LSTM
 * @param inner what the linear layers but the last give
 */
record PromptEncoderShape(int tokens, int size, int hidden, List<Integer> inner) {

    private static final String SIZES = "hiddenSize";

    PromptEncoderShape {
        inner = List.copyOf(inner);
    }

    /**
     * The published encoders: of the paper's knowledge probing (LAMA), whose LSTM gives as many numbers as it takes, and with
     * {@link Compat#REFERENCE} of its SuperGLUE code, whose LSTM gives twice as many.
     *
     * @param hiddenSize of the LSTM in each direction, or between the linear layers where there is none; 0 for the published
     */
    static PromptEncoderShape of(Encoder encoder, int tokens, int size, int hiddenSize, Compat compat) {
        if (encoder == Encoder.MLP) {
            return new PromptEncoderShape(tokens, size, 0, List.of(hiddenSize == 0 ? size : hiddenSize));
        }
        int published = compat == Compat.PAPER ? Math.max(1, size / 2) : size;
        return new PromptEncoderShape(tokens, size, hiddenSize == 0 ? published : hiddenSize, List.of(size));
    }

    /** The rows. */
    WeightSlot rows() {
        return WeightSlot.of("embedding.weight", SIZES, tokens, size);
    }

    /** The LSTM's weights in torch's order; none where there is no LSTM. */
    List<WeightSlot> cells() {
        List<WeightSlot> slots = new ArrayList<>();
        for (int layer = 0; layer < (hidden == 0 ? 0 : 2); layer++) {
            for (String direction : List.of("", "_reverse")) {
                String end = "_l" + layer + direction;
                slots.add(slot("lstm_head.weight_ih" + end, 4L * hidden, layer == 0 ? size : 2L * hidden));
                slots.add(slot("lstm_head.weight_hh" + end, 4L * hidden, hidden));
                slots.add(slot("lstm_head.bias_ih" + end, 4L * hidden));
                slots.add(slot("lstm_head.bias_hh" + end, 4L * hidden));
            }
        }
        return slots;
    }

    /** The linear layers, each matrix and its bias. */
    List<WeightSlot> layers() {
        List<WeightSlot> slots = new ArrayList<>();
        int in = hidden == 0 ? size : 2 * hidden;
        for (int i = 0; i <= inner.size(); i++) {
            int out = i == inner.size() ? size : inner.get(i);
            slots.add(slot("mlp_head." + 2 * i + ".weight", out, in));
            slots.add(slot("mlp_head." + 2 * i + ".bias", out));
            in = out;
        }
        return slots;
    }

    private static WeightSlot slot(String name, long... shape) {
        return WeightSlot.of(name, SIZES, shape);
    }

    /** How many numbers are trained. */
    long parameters() {
        long count = (long) tokens * size;
        for (List<WeightSlot> slots : List.of(cells(), layers())) {
            for (WeightSlot slot : slots) {
                long numbers = 1;
                for (long axis : slot.shape()) {
                    numbers *= axis;
                }
                count += numbers;
            }
        }
        return count;
    }
}
