package dev.cloze.benchmarks.fewshot;

import java.util.List;

/**
 * Whose learning rate a row uses: each group's is searched for equally widely, among four around the method's usual one, and
 * rows that are not searched inherit.
 */
enum Search {
    /** Nothing is trained by gradients, or the method's own default stands. */
    NONE("the method's own", List.of()),
    FINE_TUNING("fine-tuning", Rates.OF_WEIGHTS),
    PROMPT("prompt-based fine-tuning", Rates.OF_WEIGHTS),
    DEMONSTRATIONS("prompt-based fine-tuning with demonstrations", Rates.OF_WEIGHTS),
    SETFIT("SetFit", Rates.OF_WEIGHTS),
    PROMPT_TUNING("prompt tuning", List.of(5e-3, 2e-2, 5e-2, 2e-1)),
    P_TUNING("P-tuning, model frozen", List.of(5e-4, 1e-3, 2e-3, 5e-3)),
    /** The prompt's; the model's weights have a tenth. */
    P_TUNING_JOINT("P-tuning, model tuned too", List.of(2e-4, 5e-4, 1e-3, 2e-3)),
    PREFIX_TUNING("prefix tuning", List.of(5e-4, 1e-3, 2e-3, 5e-3)),
    P_TUNING_V2("P-tuning v2", List.of(2e-3, 5e-3, 1e-2, 2e-2));

    /** What an enum's constants can read before they are all there. */
    private static final class Rates {
        static final List<Double> OF_WEIGHTS = List.of(2e-5, 5e-5, 1e-4, 2e-4);
    }

    private final String title;
    private final List<Double> rates;

    Search(String title, List<Double> rates) {
        this.title = title;
        this.rates = rates;
    }

    String title() {
        return title;
    }

    /** The learning rates that are tried, ascending. */
    List<Double> rates() {
        return rates;
    }
}
