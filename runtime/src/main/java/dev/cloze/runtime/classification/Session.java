package dev.cloze.runtime.classification;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredTemplate;
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
        Strategies.requireUntrained(method, TaskKind.CLASSIFICATION);
        return new Session<>(task, strategy.untrained(LabelTask.of(task)), TrainingRecord.NONE);
    }

    /** The task's method, which serves it as it is declared. */
    static ClassificationStrategy strategyOf(ClassificationTask<?, ?> task) {
        TuningMethod method = task.tuning().method();
        ClassificationStrategy strategy = Strategies.classification(method);
        Strategies.requireUnlike(task.templates());
        requireWords(task);
        Strategies.requireTemplates(
                task.name(), method, TaskKind.CLASSIFICATION, task.templates().size());
        return strategy;
    }

    /** Each template has words for every label or none of its own, which a task declared by hand has no compiler for. */
    private static void requireWords(ClassificationTask<?, ?> task) {
        for (int i = 0; i < task.templates().size(); i++) {
            DeclaredTemplate<?> template = task.templates().get(i);
            if (!template.words().keySet().equals(task.labels().keySet())) {
                throw new ClozeException(
                        Problem.TEMPLATE_WORDS_INCOMPLETE,
                        "The words of template " + (i + 1) + " are those of "
                                + template.words().keySet()
                                + ".\n  The labels of " + task.name() + " are "
                                + task.labels().keySet()
                                + ".\n  Give the template words for each of them, or leave its words out to have those of"
                                + " the task.");
            }
        }
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
