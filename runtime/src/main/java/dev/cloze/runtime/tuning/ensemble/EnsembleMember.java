package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.tuning.Product;

/**
 * One of those that answer together.
 *
 * @param product closed with the ensemble
 * @param weight what it counts beside the others, 0 or more
 */
public record EnsembleMember<P extends Product>(P product, double weight) {

    public EnsembleMember {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("a weight is " + weight + ", not a number from 0");
        }
    }
}
