package dev.cloze.runtime.classification;

import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.archive.AdapterExport;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.engine.Gate;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A pipeline over a session, which many threads use and one closes. */
public final class ClassificationPipeline<I, L> implements PromptPipeline<I, L> {

    private final Session<I, L> session;
    private final Classifier<I, L> classifier;
    private final Gate gate = new Gate();

    /** Takes over the session. */
    public ClassificationPipeline(Session<I, L> session) {
        this.session = session;
        this.classifier = session.classifier();
    }

    @Override
    public List<L> labels() {
        return List.copyOf(session.task().labels().keySet());
    }

    @Override
    public Prediction<L> predict(I input) {
        return predictAll(Collections.singletonList(input)).get(0);
    }

    @Override
    public List<Prediction<L>> predict(List<I> inputs) {
        return predictAll(inputs);
    }

    private List<Prediction<L>> predictAll(List<? extends @Nullable I> inputs) {
        return inside(() -> classifier.predict(inputs));
    }

    @Override
    public Evaluation<L> evaluate(List<Labeled<I, L>> examples) {
        ExampleChecks.complete(examples, labels(), "example");
        return Evaluation.of(
                labels(),
                examples,
                predictAll(examples.stream().map(Labeled::input).toList()));
    }

    @Override
    public void save(Path folder) {
        save(folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk: tests put a small one there. */
    public void save(Path folder, UnaryOperator<OutputStream> disk) {
        inside(() -> {
            ClassifierArchive.save(session, folder, disk);
            return folder;
        });
    }

    @Override
    public void saveAdapter(Path folder) {
        inside(() -> {
            AdapterExport.write(folder, session.task().tuning().method(), session.product());
            return folder;
        });
    }

    /** What it holds, which is its own: to be used {@link #inside}. */
    public Session<I, L> session() {
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
