package dev.cloze.runtime.tuning;

import java.util.Optional;

/** A product that gives numbers. */
public interface ValueProduct extends Product, ValueAnswers {

    /** How it answers over the model that it shares; empty where it has weights of its own, several models or none. */
    default Optional<Sharing<ValueAnswers>> sharing() {
        return Optional.empty();
    }
}
