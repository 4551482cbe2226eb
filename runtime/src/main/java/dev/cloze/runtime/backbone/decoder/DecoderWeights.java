package dev.cloze.runtime.backbone.decoder;

import dev.cloze.runtime.backbone.WeightSlot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a decoder's weights stand in its checkpoint, in the order its kernel takes them; an empty slot is a tensor the
 * family doesn't have.
 *
 * @param embedding word, position
 * @param layers for each layer: norm scale and shift, query-key-value and bias, query norm, key norm, output and bias, norm
 *     scale and shift, up (or gate and up) and bias, down and bias
 * @param head norm scale and shift, decoder (empty where tied)
 */
public record DecoderWeights(
        List<Optional<WeightSlot>> embedding, List<Optional<WeightSlot>> layers, List<Optional<WeightSlot>> head) {

    /** The slot of the language-model head's matrix, where that is one of its own. */
    Optional<WeightSlot> ownHead() {
        return head.get(2);
    }

    /** The same without that. */
    DecoderWeights withoutHead() {
        return new DecoderWeights(embedding, layers, List.of(head.get(0), head.get(1), Optional.empty()));
    }

    /** All slots there are, in that order. */
    public List<WeightSlot> slots() {
        return Stream.of(embedding, layers, head)
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
    }
}
