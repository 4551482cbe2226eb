package dev.cloze.benchmarks.fewshot;

import dev.cloze.benchmarks.accuracy.LearningRates;
import java.util.List;

/**
 * Whose learning rate a row uses: each group's is searched for equally widely, among four around the method's usual one, and
 * rows that are not searched inherit.
 */
enum Search {
    /** Nothing is trained by gradients, or the method's own default stands. */
    NONE("the method's own", List.of()),
    FINE_TUNING("fine-tuning", LearningRates.OF_WEIGHTS),
    PROMPT("prompt-based fine-tuning", LearningRates.OF_WEIGHTS),
    DEMONSTRATIONS("prompt-based fine-tuning with demonstrations", LearningRates.OF_WEIGHTS),
    SETFIT("SetFit", LearningRates.OF_WEIGHTS),
    PROMPT_TUNING("prompt tuning", LearningRates.OF_VIRTUAL_TOKENS),
    P_TUNING("P-tuning, model frozen", LearningRates.OF_NETWORKS),
    /** The prompt's; the model's weights have a tenth. */
    P_TUNING_JOINT("P-tuning, model tuned too", LearningRates.OF_JOINT_PROMPTS),
    PREFIX_TUNING("prefix tuning", LearningRates.OF_NETWORKS),
    P_TUNING_V2("P-tuning v2", LearningRates.OF_DEEP_PROMPTS);

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
