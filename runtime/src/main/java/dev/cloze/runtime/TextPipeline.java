package dev.cloze.runtime;

import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;

/**
 * Writes a text for instances of a task class.
 *
 * @param <I> the task class
 */
public final class TextPipeline<I> implements AutoCloseable {

    private TextPipeline() {}

    /** A pipeline of the pretrained model as it is; generated code calls this. */
    public static <I> TextPipeline<I> pretrained(TextTask<I> task) {
        throw new UnsupportedOperationException(task.name());
    }

    /** A pipeline saved before; generated code calls this. */
    public static <I> TextPipeline<I> load(TextTask<I> task, Path folder) {
        throw new UnsupportedOperationException(task.name() + folder);
    }

    @Override
    public void close() {}
}
