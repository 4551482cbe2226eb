package dev.cloze.annotations.method;

/** Whether a method leaves the language model's own weights as they are. */
public enum Freezing {
    /** It always does. */
    ALWAYS,
    /** It never does: they are what it trains. */
    NEVER,
    /** As the task chooses with {@code freezeBackbone}. */
    CHOICE
}
