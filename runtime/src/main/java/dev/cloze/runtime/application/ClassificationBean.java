package dev.cloze.runtime.application;

import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import java.nio.file.Path;
import java.util.List;

/** The bean of a task that chooses labels. */
record ClassificationBean<I, L>(Predictions<PromptPipeline<I, L>> predictions) implements PromptPipeline<I, L> {

    @Override
    public List<L> labels() {
        return predictions.with(PromptPipeline::labels);
    }

    @Override
    public Prediction<L> predict(I input) {
        return predictions.observed(1, pipeline -> pipeline.predict(input));
    }

    @Override
    public List<Prediction<L>> predict(List<I> inputs) {
        return predictions.observed(inputs.size(), pipeline -> pipeline.predict(inputs));
    }

    @Override
    public Evaluation<L> evaluate(List<Labeled<I, L>> examples) {
        return predictions.with(pipeline -> pipeline.evaluate(examples));
    }

    @Override
    public void save(Path folder) {
        predictions.use(pipeline -> pipeline.save(folder));
    }

    @Override
    public void saveAdapter(Path folder) {
        predictions.use(pipeline -> pipeline.saveAdapter(folder));
    }

    @Override
    public void close() {
        predictions.close();
    }
}
