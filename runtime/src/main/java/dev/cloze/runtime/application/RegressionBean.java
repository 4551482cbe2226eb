package dev.cloze.runtime.application;

import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionEvaluation;
import dev.cloze.runtime.RegressionPipeline;
import java.nio.file.Path;
import java.util.List;

/** The bean of a task that gives a number. */
record RegressionBean<I>(Predictions<RegressionPipeline<I>> predictions) implements RegressionPipeline<I> {

    @Override
    public double predict(I input) {
        return predictions.observed(1, pipeline -> pipeline.predict(input));
    }

    @Override
    public List<Double> predict(List<I> inputs) {
        return predictions.observed(inputs.size(), pipeline -> pipeline.predict(inputs));
    }

    @Override
    public RegressionEvaluation evaluate(List<Rated<I>> examples) {
        return predictions.with(pipeline -> pipeline.evaluate(examples));
    }

    @Override
    public void save(Path folder) {
        predictions.use(pipeline -> pipeline.save(folder));
    }

    @Override
    public void close() {
        predictions.close();
    }
}
