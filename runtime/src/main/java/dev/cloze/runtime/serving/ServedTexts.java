package dev.cloze.runtime.serving;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.ServedTextPipeline;
import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.text.WritingPipeline;
import dev.cloze.runtime.tuning.TextAnswers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A task that writes text, served together with other tasks. */
final class ServedTexts<I> implements ServedTextPipeline<I> {

    private final Engine engine;
    private final Desk<Texts<I>, TextRequest, List<Generated>> desk;
    private final GenerationOptions options;

    /** A pipeline, and what writes as it does. */
    record Texts<I>(WritingPipeline<I> pipeline, TextAnswers answers) {

        /** The texts of the one request: each is chosen by options of its own. */
        List<List<Generated>> written(List<TextRequest> requests) {
            TextRequest request = requests.get(0);
            return answers.write(List.of(request.values()), request.options(), request.writing());
        }
    }

    ServedTexts(Engine engine, Desk<Texts<I>, TextRequest, List<Generated>> desk, GenerationOptions options) {
        this.engine = engine;
        this.desk = desk;
        this.options = options;
    }

    @Override
    public GenerationOptions options() {
        return options;
    }

    @Override
    public ServedTextPipeline<I> withOptions(UnaryOperator<GenerationOptions> change) {
        return new ServedTexts<>(engine, desk, change.apply(options));
    }

    @Override
    public String generate(I input) {
        return generateAll(input).get(0).text();
    }

    @Override
    public String generate(I input, GenerationListener listener) {
        return generateAll(input, options, listener).get(0).text();
    }

    @Override
    public List<String> generate(List<I> inputs) {
        return desk.answers(inputs.size(), i -> new TextRequest(values(inputs.get(i)), options, false)).stream()
                .map(texts -> texts.get(0).text())
                .toList();
    }

    @Override
    public List<Generated> generateAll(I input) {
        return generateAll(input, options);
    }

    @Override
    public List<Generated> generateAll(I input, GenerationOptions otherOptions) {
        return desk.await(desk.submit(new TextRequest(values(input), otherOptions, false)));
    }

    @Override
    public List<Generated> generateAll(I input, GenerationOptions otherOptions, GenerationListener listener) {
        TextRequest request = desk.submit(new TextRequest(values(input), otherOptions, true));
        try {
            request.hear(listener);
        } catch (InterruptedException e) {
            throw desk.interrupted();
        }
        return desk.await(request);
    }

    @Override
    public CompletableFuture<List<Generated>> generateAsync(I input) {
        return desk.submit(new TextRequest(values(input), options, false));
    }

    @Override
    public CompletableFuture<List<Generated>> generateAsync(I input, Duration deadline) {
        return desk.submit(new TextRequest(values(input), options, false), Optional.of(deadline));
    }

    private Map<String, String> values(@Nullable I input) {
        return desk.with(
                by -> PlaceholderValues.of(input, by.pipeline().session().task().placeholders()));
    }

    @Override
    public double perplexity(List<TextPair<I>> pairs) {
        return desk.with(by -> by.pipeline().perplexity(pairs));
    }

    @Override
    public TextEvaluation evaluate(List<TextPair<I>> pairs) {
        return desk.with(by -> by.pipeline().withOptions(any -> options).evaluate(pairs));
    }

    @Override
    public void save(Path folder) {
        desk.use(by -> by.pipeline().save(folder));
    }

    @Override
    public void saveAdapter(Path folder) {
        desk.use(by -> by.pipeline().saveAdapter(folder));
    }

    @Override
    public void replace(TextPipeline<I> other) {
        desk.replace(engine.guests().of(other));
    }

    @Override
    public void close() {
        desk.close();
    }
}
