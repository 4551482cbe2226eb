package dev.cloze.runtime.regression;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.RegressionStrategy;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.ValueAnswer;
import dev.cloze.runtime.tuning.ValueProduct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline holds: the task as it was tuned, what its method made of it, and how.
 *
 * @param task with the method that made the product
 * @param product closed with the session
 * @param training empty where nothing was tuned
 * @param <I> the task class
 */
public record RegressionSession<I>(RegressionTask<I> task, ValueProduct product, TrainingRecord training)
        implements AutoCloseable {

    /** The model as it is. */
    public static <I> RegressionSession<I> zeroShot(RegressionTask<I> task) {
        RegressionStrategy strategy = strategyOf(task);
        TuningMethod method = task.tuning().method();
        Strategies.requireUntrained(method, TaskKind.REGRESSION);
        return new RegressionSession<>(task, strategy.untrained(ScaleTask.of(task)), TrainingRecord.NONE);
    }

    /** The task's method, which serves it as it is declared. */
    static RegressionStrategy strategyOf(RegressionTask<?> task) {
        TuningMethod method = task.tuning().method();
        RegressionStrategy strategy = Strategies.regression(method);
        Strategies.requireTemplates(
                task.name(), method, TaskKind.REGRESSION, task.templates().size());
        return strategy;
    }

    /** The answers, in the order of the inputs. */
    List<ValueAnswer> answer(List<? extends @Nullable I> inputs) {
        return product.answer(new InputValues<>(inputs, task.placeholders()));
    }

    @Override
    public void close() {
        product.close();
    }
}
