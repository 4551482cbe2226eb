package dev.cloze.runtime.serving;

import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.ServedPipeline;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A classification that is served together with other tasks. */
final class ServedClassification<I, L> implements ServedPipeline<I, L> {

    private final Engine engine;
    private final Desk<Labels<I, L>, Request<Prediction<L>>, Prediction<L>> desk;

    /** A pipeline, and what answers as it does. */
    record Labels<I, L>(ClassificationPipeline<I, L> pipeline, LabelAnswers answers) {

        /** The predictions of some requests. */
        List<Prediction<L>> predictions(List<Request<Prediction<L>>> requests) {
            List<LabelAnswer> found =
                    answers.answer(requests.stream().map(Request::values).toList());
            return found.stream()
                    .map(pipeline.session().classifier()::prediction)
                    .toList();
        }
    }

    ServedClassification(Engine engine, Desk<Labels<I, L>, Request<Prediction<L>>, Prediction<L>> desk) {
        this.engine = engine;
        this.desk = desk;
    }

    @Override
    public List<L> labels() {
        return desk.with(by -> by.pipeline().labels());
    }

    @Override
    public Prediction<L> predict(I input) {
        return desk.await(desk.submit(request(input)));
    }

    @Override
    public List<Prediction<L>> predict(List<I> inputs) {
        return desk.answers(inputs.size(), i -> request(inputs.get(i)));
    }

    @Override
    public CompletableFuture<Prediction<L>> predictAsync(I input) {
        return desk.submit(request(input));
    }

    @Override
    public CompletableFuture<Prediction<L>> predictAsync(I input, Duration deadline) {
        return desk.submit(request(input), Optional.of(deadline));
    }

    private Request<Prediction<L>> request(@Nullable I input) {
        return new Request<>(
                desk.with(by -> PlaceholderValues.of(
                        input, by.pipeline().session().task().placeholders())),
                1);
    }

    @Override
    public Evaluation<L> evaluate(List<Labeled<I, L>> examples) {
        return desk.with(by -> by.pipeline().evaluate(examples));
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
    public void replace(PromptPipeline<I, L> other) {
        desk.replace(engine.guests().of(other));
    }

    @Override
    public void close() {
        desk.close();
    }
}
