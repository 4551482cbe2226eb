package dev.cloze.runtime.application;

import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.SpanEvaluation;
import java.nio.file.Path;
import java.util.List;

/** The bean of a task that labels spans. */
record ExtractionBean<I, L>(Predictions<ExtractionPipeline<I, L>> predictions) implements ExtractionPipeline<I, L> {

    @Override
    public List<FoundSpan<L>> extract(I input) {
        return predictions.observed(1, pipeline -> pipeline.extract(input));
    }

    @Override
    public List<List<FoundSpan<L>>> extract(List<I> inputs) {
        return predictions.observed(inputs.size(), pipeline -> pipeline.extract(inputs));
    }

    @Override
    public SpanEvaluation<L> evaluate(List<Extracted<I, L>> examples) {
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
