package dev.cloze.runtime.classification;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.Strategies;

/**
 * What a pipeline holds: the task as it was tuned, what its method made of it, and how.
 *
 * @param task with the method that made the product
 * @param product closed with the session
 * @param training empty where nothing was tuned
 * @param <I> the task class
 * @param <L> the label enum
 */
public record Session<I, L>(ClassificationTask<I, L> task, LabelProduct product, TrainingRecord training)
        implements AutoCloseable {

    /** The models as they are. */
    public static <I, L> Session<I, L> zeroShot(ClassificationTask<I, L> task) {
        ClassificationStrategy strategy = strategyOf(task);
        TuningMethod method = task.tuning().method();
        if (!MethodTable.of(method, TaskKind.CLASSIFICATION).untrained()) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    method + " has nothing to answer with before it is trained.\n  Train it, or choose one of these"
                            + " methods for a pipeline without training: "
                            + MethodTable.names(row -> row.kind() == TaskKind.CLASSIFICATION && row.untrained()) + ".");
        }
        return new Session<>(task, strategy.untrained(LabelTask.of(task)), TrainingRecord.NONE);
    }

    /** The task's method, which serves it as it is declared. */
    static ClassificationStrategy strategyOf(ClassificationTask<?, ?> task) {
        TuningMethod method = task.tuning().method();
        ClassificationStrategy strategy = Strategies.classification(method);
        int templates = task.templates().size();
        if (templates > 1 && !MethodTable.of(method, TaskKind.CLASSIFICATION).severalTemplates()) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    task.name() + " has " + templates + " templates, and " + method
                            + " takes one.\n  Leave one, or choose a method that takes several.");
        }
        return strategy;
    }

    /** What predicts. */
    public Classifier<I, L> classifier() {
        return new Classifier<>(task, product);
    }

    @Override
    public void close() {
        product.close();
    }
}
