package dev.cloze.runtime.application;

import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozeAnswer;
import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.ClozePipeline;
import java.nio.file.Path;
import java.util.List;

/** The bean of a task that ranks words. */
record ClozeBean<I>(Predictions<ClozePipeline<I>> predictions) implements ClozePipeline<I> {

    @Override
    public List<String> words() {
        return predictions.with(ClozePipeline::words);
    }

    @Override
    public ClozeAnswer predict(I input) {
        return predictions.observed(1, pipeline -> pipeline.predict(input));
    }

    @Override
    public List<ClozeAnswer> predict(List<I> inputs) {
        return predictions.observed(inputs.size(), pipeline -> pipeline.predict(inputs));
    }

    @Override
    public ClozeAnswer predict(I input, List<String> candidates) {
        return predictions.observed(1, pipeline -> pipeline.predict(input, candidates));
    }

    @Override
    public List<ClozeAnswer> predict(List<I> inputs, List<String> candidates) {
        return predictions.observed(inputs.size(), pipeline -> pipeline.predict(inputs, candidates));
    }

    @Override
    public ClozeEvaluation evaluate(List<Answered<I>> examples) {
        return predictions.with(pipeline -> pipeline.evaluate(examples));
    }

    @Override
    public ClozeEvaluation evaluate(List<Answered<I>> examples, List<String> candidates) {
        return predictions.with(pipeline -> pipeline.evaluate(examples, candidates));
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
