package dev.cloze.annotations.method;

/** What some tuning methods have and others don't. */
public enum MethodTrait {
    /** It has virtual tokens to train, so that {@code {soft}} and promptLength mean something. */
    VIRTUAL_TOKENS,
    /** It needs texts without labels beside the examples. */
    UNLABELED_TEXTS,
    /** A task may have several templates. */
    SEVERAL_TEMPLATES,
    /** The task also has a pipeline without any training. */
    UNTRAINED,
    /** It trains in steps, so that learning rates, batches and numbers of steps mean something. */
    IN_STEPS
}
