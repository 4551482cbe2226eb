package dev.cloze.cli.serve.task;

import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.data.DataRow;
import java.util.concurrent.CompletableFuture;

/** A pipeline that chooses labels, asked without waiting. */
public interface LabelAnswers extends AutoCloseable {

    /** The answer in time; {@code SERVING_OVERLOADED} at once where too many wait, {@code SERVING_DEADLINE} later. */
    CompletableFuture<Prediction<String>> predict(DataRow input);

    /** Answers what has been asked and frees it. */
    @Override
    void close();
}
