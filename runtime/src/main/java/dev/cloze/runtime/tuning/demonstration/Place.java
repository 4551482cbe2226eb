package dev.cloze.runtime.tuning.demonstration;

/** Where demonstrations stand. */
public enum Place {
    /** Before the input. */
    BEFORE,
    /** Behind the input. */
    BEHIND
}
