package dev.cloze.runtime.serving;

import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.ServedExtractionPipeline;
import dev.cloze.runtime.SpanEvaluation;
import dev.cloze.runtime.extraction.SessionPipeline;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.tuning.SpanAnswers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A labelling of spans that is served together with other tasks. */
final class ServedExtraction<I, L> implements ServedExtractionPipeline<I, L> {

    private final Engine engine;
    private final Desk<Spans<I, L>, Request<List<FoundSpan<L>>>, List<FoundSpan<L>>> desk;

    /** A pipeline, and what answers as it does. */
    record Spans<I, L>(SessionPipeline<I, L> pipeline, SpanAnswers answers) {

        /** The spans of some requests. */
        List<List<FoundSpan<L>>> found(List<Request<List<FoundSpan<L>>>> requests) {
            List<Map<String, String>> values =
                    requests.stream().map(Request::values).toList();
            return pipeline.found(values, answers.answer(values));
        }
    }

    ServedExtraction(Engine engine, Desk<Spans<I, L>, Request<List<FoundSpan<L>>>, List<FoundSpan<L>>> desk) {
        this.engine = engine;
        this.desk = desk;
    }

    @Override
    public List<FoundSpan<L>> extract(I input) {
        return desk.await(desk.submit(request(input)));
    }

    @Override
    public List<List<FoundSpan<L>>> extract(List<I> inputs) {
        return desk.answers(inputs.size(), i -> request(inputs.get(i)));
    }

    @Override
    public CompletableFuture<List<FoundSpan<L>>> extractAsync(I input) {
        return desk.submit(request(input));
    }

    @Override
    public CompletableFuture<List<FoundSpan<L>>> extractAsync(I input, Duration deadline) {
        return desk.submit(request(input), Optional.of(deadline));
    }

    private Request<List<FoundSpan<L>>> request(@Nullable I input) {
        return desk.with(by -> {
            Map<String, String> values =
                    PlaceholderValues.of(input, by.pipeline().session().task().placeholders());
            return new Request<>(values, by.answers().texts(values));
        });
    }

    @Override
    public SpanEvaluation<L> evaluate(List<Extracted<I, L>> examples) {
        return desk.with(by -> by.pipeline().evaluate(examples));
    }

    @Override
    public void save(Path folder) {
        desk.use(by -> by.pipeline().save(folder));
    }

    @Override
    public void replace(ExtractionPipeline<I, L> other) {
        desk.replace(engine.guests().of(other));
    }

    @Override
    public void close() {
        desk.close();
    }
}
