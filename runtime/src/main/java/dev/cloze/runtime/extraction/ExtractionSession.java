package dev.cloze.runtime.extraction;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ExtractionStrategy;
import dev.cloze.runtime.tuning.SpanAnswer;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.tuning.Strategies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline holds: the task as it was tuned, what its method made of it, and how.
 *
 * @param task with the method that made the product
 * @param product closed with the session
 * @param training empty where nothing was tuned
 * @param <I> the task class
 * @param <L> the label enum
 */
public record ExtractionSession<I, L>(ExtractionTask<I, L> task, SpanProduct product, TrainingRecord training)
        implements AutoCloseable {

    /** The model as it is. */
    public static <I, L> ExtractionSession<I, L> zeroShot(ExtractionTask<I, L> task) {
        ExtractionStrategy strategy = strategyOf(task);
        TuningMethod method = task.tuning().method();
        Strategies.requireUntrained(method, TaskKind.EXTRACTION);
        return new ExtractionSession<>(task, strategy.untrained(SpanTask.of(task)), TrainingRecord.NONE);
    }

    /** The task's method, which serves it as it is declared. */
    static ExtractionStrategy strategyOf(ExtractionTask<?, ?> task) {
        TuningMethod method = task.tuning().method();
        ExtractionStrategy strategy = Strategies.extraction(method);
        SpanTexts.require(task);
        Strategies.requireTemplates(
                task.name(), method, TaskKind.EXTRACTION, task.templates().size());
        return strategy;
    }

    /** The answers, in the order of the inputs. */
    List<SpanAnswer> answer(List<? extends @Nullable I> inputs) {
        return product.answer(new InputValues<>(inputs, task.placeholders()));
    }

    @Override
    public void close() {
        product.close();
    }
}
