package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a trainer's caller asks of a training.
 *
 * @param change what is changed of the options
 * @param listeners who hears of it
 * @param quiet whether it is shown to the listeners alone
 */
public record TrainingRequest(UnaryOperator<TrainingOptions> change, List<TrainingListener> listeners, boolean quiet) {

    public TrainingRequest {
        listeners = List.copyOf(listeners);
    }

    /** The listeners, after the progress bar unless it is not wanted. */
    public List<TrainingListener> heard() {
        List<TrainingListener> heard = new ArrayList<>();
        if (!quiet) {
            heard.add(ProgressDisplay.listener());
        }
        heard.addAll(listeners);
        return heard;
    }

    /**
     * The defaults, with what the annotation sets, then what the caller changes.
     *
     * @param learningRate the method's, where neither has set one
     * @param withoutDev whether there is nothing to evaluate on
     */
    public TrainingOptions options(TaskTuning tuning, double learningRate, boolean withoutDev) {
        TrainingOptions options = TrainingOptions.defaults().withCompat(tuning.compat());
        if (tuning.batchSize() > 0) {
            options = options.withBatchSize(tuning.batchSize());
        }
        if (tuning.maxSteps() > 0) {
            options = options.withMaxSteps(tuning.maxSteps());
        }
        if (tuning.learningRate() > 0) {
            options = options.withLearningRate(tuning.learningRate());
        }
        options = change.apply(options).orLearningRate(learningRate);
        return withoutDev ? options.withEvaluateEvery(0) : options;
    }
}
