package dev.cloze.benchmarks.accuracy;

import java.util.List;
import java.util.Locale;

/** The learning rates that the tables search, ascending: four for each method, around its usual one. */
public final class LearningRates {

    /** Of methods that tune a model's weights. */
    public static final List<Double> OF_WEIGHTS = List.of(2e-5, 5e-5, 1e-4, 2e-4);

    /** Of virtual tokens that are trained themselves. */
    public static final List<Double> OF_VIRTUAL_TOKENS = List.of(2e-3, 5e-3, 2e-2, 5e-2);

    /** Of networks that give virtual tokens or prefixes of a frozen model. */
    public static final List<Double> OF_NETWORKS = List.of(5e-4, 1e-3, 2e-3, 5e-3);

    /** Of prompts whose model is tuned too, at a tenth of these. */
    public static final List<Double> OF_JOINT_PROMPTS = List.of(2e-4, 5e-4, 1e-3, 2e-3);

    /** Of keys and values that are trained themselves. */
    public static final List<Double> OF_DEEP_PROMPTS = List.of(2e-3, 5e-3, 1e-2, 2e-2);

    private LearningRates() {}

    /** As people write it: 2e-5. */
    public static String text(double rate) {
        return String.format(Locale.ROOT, "%.0e", rate).replace("e-0", "e-");
    }
}
