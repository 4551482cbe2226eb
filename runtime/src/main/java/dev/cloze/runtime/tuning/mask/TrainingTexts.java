package dev.cloze.runtime.tuning.mask;

import java.util.Map;

/**
 * How a training asks, and what it trains for.
 *
 * @param examples what is asked in training
 * @param development what is asked where the development set is measured
 * @param product how the tuned model is asked afterwards
 * @param identity what else the trained weights depend on, by name
 */
public record TrainingTexts(
        ExampleTexts examples, InputEncoding development, Asking product, Map<String, String> identity) {}
