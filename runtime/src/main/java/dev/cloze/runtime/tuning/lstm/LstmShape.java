package dev.cloze.runtime.tuning.lstm;

import dev.cloze.annotations.Lstm;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.KernelSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a network is like; its tensors have the names that PyTorch gives an {@code Embedding}, an {@code LSTM} and a {@code
 * Linear} called embedding, lstm and linear.
 *
 * @param words rows of the embedding
 * @param embedding numbers of a word vector
 * @param hidden numbers of a state of each direction
 * @param labels scores
 * @param pooling what is made of the states
 * @param slots in the order in which the kernel takes them; a slot equals itself alone
 */
record LstmShape(
        int words, int embedding, int hidden, int labels, Lstm.Pooling pooling, List<Optional<WeightSlot>> slots) {

    private static final String EMBEDDING = "embedding.weight";
    private static final String HEAD = "linear.weight";

    /** That of saved tensors. */
    static LstmShape of(Checkpoint tensors, Lstm.Pooling pooling) {
        long[] embedding = tensors.shape(EMBEDDING);
        long[] head = tensors.shape(HEAD);
        return of((int) embedding[0], (int) embedding[1], (int) head[1] / 2, (int) head[0], pooling);
    }

    /** A shape with slots of its own. */
    static LstmShape of(int words, int embedding, int hidden, int labels, Lstm.Pooling pooling) {
        List<WeightSlot> slots = new ArrayList<>();
        slots.add(slot(EMBEDDING, words, embedding));
        for (String direction : List.of("", "_reverse")) {
            slots.add(slot("lstm.weight_ih_l0" + direction, 4L * hidden, embedding));
            slots.add(slot("lstm.weight_hh_l0" + direction, 4L * hidden, hidden));
            slots.add(slot("lstm.bias_ih_l0" + direction, 4L * hidden));
            slots.add(slot("lstm.bias_hh_l0" + direction, 4L * hidden));
        }
        slots.add(slot(HEAD, labels, 2L * hidden));
        slots.add(slot("linear.bias", labels));
        return new LstmShape(
                words,
                embedding,
                hidden,
                labels,
                pooling,
                slots.stream().map(Optional::of).toList());
    }

    private static WeightSlot slot(String name, long... shape) {
        return WeightSlot.of(name, "", shape);
    }

    KernelSource kernel() {
        return KernelSource.read("lstm", Map.of("pooling", '"' + pooling.name() + '"'));
    }
}
