package dev.cloze.runtime.text;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TextStrategy;
import dev.cloze.runtime.tuning.WritingTask;
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
public record TextSession<I>(TextTask<I> task, TextProduct product, TrainingRecord training) implements AutoCloseable {

    /** The model as it is. */
    public static <I> TextSession<I> pretrained(TextTask<I> task) {
        TuningMethod method = task.tuning().method();
        TextStrategy strategy = Strategies.text(method);
        Strategies.requireUntrained(method, TaskKind.TEXT);
        return new TextSession<>(task, strategy.untrained(WritingTask.of(task)), TrainingRecord.NONE);
    }

    /** The texts of each input, see {@link TextProduct#write}. */
    List<List<Generated>> write(
            List<? extends @Nullable I> inputs, GenerationOptions options, GenerationListener listener) {
        return product.write(new InputValues<>(inputs, task.placeholders()), options, listener);
    }

    @Override
    public void close() {
        product.close();
    }
}
