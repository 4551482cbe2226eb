package dev.cloze.runtime.backbone.encoder;

import dev.cloze.runtime.backbone.WeightSlot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an encoder's weights stand in its checkpoint, in the order its kernel takes them; an empty slot is a tensor the
 * family doesn't have.
 *
 * @param embedding word, position, segment, norm scale, norm shift, projection, its bias
 * @param layers for each set of layer weights: query-key-value, output, norm, up, down, norm; weight and bias each
 * @param head dense, its bias, norm scale, norm shift, decoder (empty where tied), its bias
 */
public record EncoderWeights(
        List<Optional<WeightSlot>> embedding, List<Optional<WeightSlot>> layers, List<Optional<WeightSlot>> head) {

    /** The slots of the masked-LM head. */
    List<WeightSlot> headSlots() {
        return head.stream().flatMap(Optional::stream).toList();
    }

    /** The same without the masked-LM head. */
    EncoderWeights withoutHead() {
        return new EncoderWeights(embedding, layers, List.of());
    }

    /** All slots there are, in that order. */
    public List<WeightSlot> slots() {
        return Stream.of(embedding, layers, head)
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
    }
}
