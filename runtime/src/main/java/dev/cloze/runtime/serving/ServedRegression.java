package dev.cloze.runtime.serving;

import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionEvaluation;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.ServedRegressionPipeline;
import dev.cloze.runtime.regression.SessionPipeline;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.tuning.ValueAnswer;
import dev.cloze.runtime.tuning.ValueAnswers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A regression that is served together with other tasks. */
final class ServedRegression<I> implements ServedRegressionPipeline<I> {

    private final Engine engine;
    private final Desk<Values<I>, Request<Double>, Double> desk;

    /** A pipeline, and what answers as it does. */
    record Values<I>(SessionPipeline<I> pipeline, ValueAnswers answers) {

        /** The numbers of some requests. */
        List<Double> numbers(List<Request<Double>> requests) {
            return answers.answer(requests.stream().map(Request::values).toList()).stream()
                    .map(ValueAnswer::value)
                    .toList();
        }
    }

    ServedRegression(Engine engine, Desk<Values<I>, Request<Double>, Double> desk) {
        this.engine = engine;
        this.desk = desk;
    }

    @Override
    public double predict(I input) {
        return desk.await(desk.submit(request(input)));
    }

    @Override
    public List<Double> predict(List<I> inputs) {
        return desk.answers(inputs.size(), i -> request(inputs.get(i)));
    }

    @Override
    public CompletableFuture<Double> predictAsync(I input) {
        return desk.submit(request(input));
    }

    @Override
    public CompletableFuture<Double> predictAsync(I input, Duration deadline) {
        return desk.submit(request(input), Optional.of(deadline));
    }

    private Request<Double> request(@Nullable I input) {
        return new Request<>(
                desk.with(by -> PlaceholderValues.of(
                        input, by.pipeline().session().task().placeholders())),
                1);
    }

    @Override
    public RegressionEvaluation evaluate(List<Rated<I>> examples) {
        return desk.with(by -> by.pipeline().evaluate(examples));
    }

    @Override
    public void save(Path folder) {
        desk.use(by -> by.pipeline().save(folder));
    }

    @Override
    public void replace(RegressionPipeline<I> other) {
        desk.replace(engine.guests().of(other));
    }

    @Override
    public void close() {
        desk.close();
    }
}
