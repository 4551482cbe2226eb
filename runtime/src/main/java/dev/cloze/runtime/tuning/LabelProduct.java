package dev.cloze.runtime.tuning;

import java.util.Optional;

/** A product that chooses labels. */
public interface LabelProduct extends Product, LabelAnswers {

    /** How it answers over the model that it shares; empty where it has weights of its own, several models or none. */
    default Optional<Sharing<LabelAnswers>> sharing() {
        return Optional.empty();
    }
}
