package dev.cloze.runtime.tuning;

import java.util.Optional;

/**
 * A product that answers, and may do so over a model that others ask too.
 *
 * @param <A> the kind of answers, which the product itself gives
 */
public interface SharingProduct<A> extends Product {

    /** What answers by itself: the product. */
    A answers();

    /** How it answers over the model that it shares; empty where it has weights of its own, several models or none. */
    default Optional<Sharing<A>> sharing() {
        return Optional.empty();
    }
}
