package dev.cloze.runtime.tuning;

import java.util.Optional;

/** A product that finds spans. */
public interface SpanProduct extends Product, SpanAnswers {

    /** How it answers over the model that it shares; empty where it has weights of its own. */
    default Optional<Sharing<SpanAnswers>> sharing() {
        return Optional.empty();
    }
}
