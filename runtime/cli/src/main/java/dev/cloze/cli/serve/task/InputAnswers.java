package dev.cloze.cli.serve.task;

import dev.cloze.runtime.data.DataRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A pipeline of any kind but that of texts, asked without waiting, with answers as they are sent. */
public interface InputAnswers extends AutoCloseable {

    /**
     * The answer in time; who cancels it takes the input out of the queue. {@code SERVING_OVERLOADED} at once where too many wait,
     * {@code SERVING_DEADLINE} later.
     *
     * @param candidates the words to rank in place of the task's, of a task that ranks words
     */
    CompletableFuture<Map<String, Object>> predict(DataRow input, Optional<List<String>> candidates);

    /** Answers what has been asked and frees it. */
    @Override
    void close();
}
