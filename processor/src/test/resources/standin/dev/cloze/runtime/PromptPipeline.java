package dev.cloze.runtime;

import dev.cloze.runtime.spi.ClassificationTask;
import java.nio.file.Path;

/** Stands in for the runtime's class of this name until it is there; only the signatures matter. */
public final class PromptPipeline<I, L> {
    public static <I, L> PromptPipeline<I, L> zeroShot(ClassificationTask<I, L> task) {
        return new PromptPipeline<>();
    }

    public static <I, L> PromptPipeline<I, L> load(ClassificationTask<I, L> task, Path folder) {
        return new PromptPipeline<>();
    }
}
