package dev.cloze.runtime.tuning;

import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a method makes of a task: it answers inputs, holds leases of the models that it needs, and knows what is its own.
 * Whoever holds one does not ask which method made it. Many threads can use one at once.
 */
public interface Product extends AutoCloseable {

    /** What it was made for: one that was saved is read against an equal one only. */
    ProductIdentity identity();

    /** What was tuned, by the names under which it is saved; empty where nothing was. */
    Map<String, Tensor> tensors();

    /** What whoever saves it has to know, such as that it holds texts of the training set: a sentence. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    /** Lists of texts that belong to what was tuned, such as the words it knows, by name; saved with it, and read as they were. */
    default Map<String, List<String>> texts() {
        return Map.of();
    }

    /** Frees its native memory and gives its models back. */
    @Override
    void close();
}
