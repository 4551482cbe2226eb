package dev.cloze.annotations.method;

/** What some tuning methods have and others don't. */
public enum MethodTrait {
    /** It trains virtual tokens among the words of the template, so that {@code {soft}} means something. */
    VIRTUAL_TOKENS,
    /** It trains keys and values that stand before an input in every layer. */
    PREFIXES,
    /** How many virtual tokens or positions it trains is chosen, so that promptLength means something. */
    PROMPT_LENGTH,
    /** It needs texts without labels beside the examples. */
    UNLABELED_TEXTS,
    /** A task may have several templates. */
    SEVERAL_TEMPLATES,
    /** The task also has a pipeline without any training. */
    UNTRAINED,
    /** It trains in steps, so that learning rates, batches and numbers of steps mean something. */
    IN_STEPS
}
