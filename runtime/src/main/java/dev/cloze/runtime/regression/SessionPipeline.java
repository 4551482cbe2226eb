package dev.cloze.runtime.regression;

import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionEvaluation;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.data.RatedChecks;
import dev.cloze.runtime.engine.Gate;
import dev.cloze.runtime.tuning.ValueAnswer;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A pipeline over a session, which many threads use and one closes. */
public final class SessionPipeline<I> implements RegressionPipeline<I> {

    private final RegressionSession<I> session;
    private final Gate gate = new Gate();

    /** Takes over the session. */
    public SessionPipeline(RegressionSession<I> session) {
        this.session = session;
    }

    @Override
    public double predict(I input) {
        return answers(Collections.singletonList(input)).get(0).value();
    }

    @Override
    public List<Double> predict(List<I> inputs) {
        return answers(inputs).stream().map(ValueAnswer::value).toList();
    }

    @Override
    public RegressionEvaluation evaluate(List<Rated<I>> examples) {
        RatedChecks.complete(examples, session.task().scale(), "example");
        List<ValueAnswer> answers = answers(examples.stream().map(Rated::input).toList());
        return RegressionEvaluation.of(
                examples.stream().mapToDouble(Rated::value).toArray(),
                answers.stream().mapToDouble(ValueAnswer::value).toArray(),
                answers.stream().filter(ValueAnswer::cut).count());
    }

    private List<ValueAnswer> answers(List<? extends @Nullable I> inputs) {
        return inside(() -> session.answer(inputs));
    }

    @Override
    public void save(Path folder) {
        save(folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk: tests put a small one there. */
    public void save(Path folder, UnaryOperator<OutputStream> disk) {
        inside(() -> {
            RegressionArchive.save(session, folder, disk);
            return folder;
        });
    }

    /** What it holds, which is its own: to be used {@link #inside}. */
    public RegressionSession<I> session() {
        return session;
    }

    /** Runs work as long as it is open, and keeps it open until then; {@code PIPELINE_CLOSED} where it has been closed. */
    public <T> T inside(Supplier<T> work) {
        return gate.inside(work, session.task().name());
    }

    @Override
    public void close() {
        gate.close(session::close);
    }
}
