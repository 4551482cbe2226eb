package dev.cloze.runtime;

import dev.cloze.runtime.spi.ClassificationTask;

/** Stands in for the runtime's class of this name until it is there; only the signatures matter. */
public final class PromptTrainer<I, L> {
    public static <I, L> PromptTrainer<I, L> of(ClassificationTask<I, L> task) {
        return new PromptTrainer<>();
    }
}
