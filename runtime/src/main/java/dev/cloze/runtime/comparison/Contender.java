package dev.cloze.runtime.comparison;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is measured: a way to come to a pipeline.
 *
 * @param name unlike all others
 * @param inSteps whether a learning rate means something to it
 */
record Contender<I, L>(String name, boolean inSteps, Way<I, L> way) {

    /** Comes to a pipeline by a split's examples; the caller closes it. */
    @FunctionalInterface
    interface Way<I, L> {
        PromptPipeline<I, L> pipeline(
                List<Labeled<I, L>> train,
                List<Labeled<I, L>> dev,
                List<I> unlabeled,
                UnaryOperator<TrainingOptions> change);
    }

    static <I, L> Contender<I, L> untrained(ClassificationTask<I, L> task) {
        return new Contender<>("zero-shot", false, (train, dev, unlabeled, change) -> PromptPipeline.zeroShot(task));
    }

    static <I, L> Contender<I, L> tuned(
            String name, ClassificationTask<I, L> task, UnaryOperator<PromptTrainer<I, L>> way, boolean inSteps) {
        return new Contender<>(name, inSteps, (train, dev, unlabeled, change) -> way.apply(
                        PromptTrainer.of(task).sharedOptions(change).quiet())
                .fit(train, dev, unlabeled));
    }
}
