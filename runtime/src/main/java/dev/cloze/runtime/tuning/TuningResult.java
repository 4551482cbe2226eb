package dev.cloze.runtime.tuning;

import dev.cloze.runtime.training.TrainingRecord;

/**
 * What came of a tuning.
 *
 * @param product which the caller closes
 * @param training how it was tuned
 * @param <P> the kind of product
 */
public record TuningResult<P extends Product>(P product, TrainingRecord training) {}
