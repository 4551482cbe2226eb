package dev.cloze.runtime.text;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.TargetFineTuning;
import java.util.List;

/** Trainings of a generation task, from pairs to a session with tuned weights. */
public final class TextTraining<I> {

    private final TextTask<I> task;
    private final TrainingRequest request;

    /** A training of this task as its caller asks for it. */
    public TextTraining(TextTask<I> task, TrainingRequest request) {
        this.task = task;
        this.request = request;
    }

    /** Trains once; the caller closes the session. */
    public TextSession<I> run(List<TextPair<I>> train, List<TextPair<I>> dev) {
        if (train.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no training pairs.\n  Give at least one input with the text that is to be written for it;"
                            + " a few hundred are usual.");
        }
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            CompiledTextTask<I> compiled = CompiledTextTask.of(task, model);
            double learningRate =
                    TargetFineTuning.learningRate(model.backbone().shape().hiddenSize());
            TrainingOptions options = request.options(task.tuning(), learningRate, dev.isEmpty());
            return new TextRun<>(model, compiled, options, request.heard()).run(train, dev);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }
}
