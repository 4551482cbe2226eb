package dev.cloze.runtime.application;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextPipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The bean of a task that has texts written.
 *
 * @param change what the options are made to be, of those that the pipeline has
 */
record TextBean<I>(Predictions<TextPipeline<I>> predictions, UnaryOperator<GenerationOptions> change)
        implements TextPipeline<I> {

    private TextPipeline<I> changed(TextPipeline<I> pipeline) {
        return pipeline.withOptions(change);
    }

    @Override
    public GenerationOptions options() {
        return predictions.with(pipeline -> changed(pipeline).options());
    }

    @Override
    public TextPipeline<I> withOptions(UnaryOperator<GenerationOptions> more) {
        return new TextBean<>(predictions, options -> more.apply(change.apply(options)));
    }

    @Override
    public String generate(I input) {
        return predictions.observed(1, pipeline -> changed(pipeline).generate(input));
    }

    @Override
    public String generate(I input, GenerationListener listener) {
        return predictions.observed(1, pipeline -> changed(pipeline).generate(input, listener));
    }

    @Override
    public List<String> generate(List<I> inputs) {
        return predictions.observed(inputs.size(), pipeline -> changed(pipeline).generate(inputs));
    }

    @Override
    public List<Generated> generateAll(I input) {
        return predictions.observed(1, pipeline -> changed(pipeline).generateAll(input));
    }

    @Override
    public List<Generated> generateAll(I input, GenerationOptions otherOptions) {
        return predictions.observed(1, pipeline -> pipeline.generateAll(input, otherOptions));
    }

    @Override
    public List<Generated> generateAll(I input, GenerationOptions otherOptions, GenerationListener listener) {
        return predictions.observed(1, pipeline -> pipeline.generateAll(input, otherOptions, listener));
    }

    @Override
    public double perplexity(List<TextPair<I>> pairs) {
        return predictions.with(pipeline -> pipeline.perplexity(pairs));
    }

    @Override
    public TextEvaluation evaluate(List<TextPair<I>> pairs) {
        return predictions.with(pipeline -> changed(pipeline).evaluate(pairs));
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
