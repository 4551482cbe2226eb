package dev.cloze.runtime.tuning;

import dev.cloze.runtime.checkpoint.Checkpoint;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A product on disk, open.
 *
 * @param tensors what was tuned; no names where nothing was
 * @param texts the lists of texts that belong to it, by name
 * @param settings the settings of its identity
 * @param place where it is, for messages
 * @param fit refuses with {@code ARCHIVE_MISMATCH} a present identity that it was not made for; to be asked before the
 *     tensors are read
 */
public record SavedProduct(
        Checkpoint tensors,
        Map<String, List<String>> texts,
        Map<String, String> settings,
        String place,
        Consumer<ProductIdentity> fit) {

    /** Whether nothing was tuned. */
    public boolean isUntrained() {
        return tensors.names().isEmpty();
    }
}
