package dev.cloze.runtime.extraction;

import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.Span;
import dev.cloze.runtime.SpanEvaluation;
import dev.cloze.runtime.data.SpanChecks;
import dev.cloze.runtime.engine.Gate;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.tuning.ScoredSpan;
import dev.cloze.runtime.tuning.SpanAnswer;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A pipeline over a session, which many threads use and one closes. */
public final class SessionPipeline<I, L> implements ExtractionPipeline<I, L> {

    private final ExtractionSession<I, L> session;
    private final List<L> labels;
    private final SpanTexts<I, L> texts;
    private final Gate gate = new Gate();

    /** Takes over the session. */
    public SessionPipeline(ExtractionSession<I, L> session) {
        this.session = session;
        this.labels = List.copyOf(session.task().labels().labels().keySet());
        this.texts = new SpanTexts<>(session.task());
    }

    @Override
    public List<FoundSpan<L>> extract(I input) {
        return extract(Collections.singletonList(input)).get(0);
    }

    @Override
    public List<List<FoundSpan<L>>> extract(List<I> inputs) {
        List<Map<String, String>> values =
                new InputValues<>(inputs, session.task().placeholders());
        return found(values, inside(() -> session.product().answer(values)));
    }

    /**
     * Answers as spans of the task.
     *
     * @param values of each input the text of every placeholder by path
     */
    public List<List<FoundSpan<L>>> found(List<Map<String, String>> values, List<SpanAnswer> answers) {
        List<List<FoundSpan<L>>> found = new ArrayList<>(values.size());
        for (int i = 0; i < answers.size(); i++) {
            String text = values.get(i).getOrDefault(texts.path(), "");
            found.add(
                    answers.get(i).spans().stream().map(one -> found(one, text)).toList());
        }
        return found;
    }

    private FoundSpan<L> found(ScoredSpan one, String text) {
        Span<L> span = span(one);
        return new FoundSpan<>(span, text.substring(span.start(), span.end()), one.probability());
    }

    private Span<L> span(ScoredSpan one) {
        return new Span<>(
                one.span().start(), one.span().end(), labels.get(one.span().label()));
    }

    @Override
    public SpanEvaluation<L> evaluate(List<Extracted<I, L>> examples) {
        SpanChecks.complete(examples, labels, texts::of, "example");
        List<SpanAnswer> answers =
                answers(examples.stream().map(Extracted::input).toList());
        return SpanEvaluation.of(
                labels,
                examples.stream().map(Extracted::spans).toList(),
                answers.stream()
                        .map(answer -> answer.spans().stream().map(this::span).toList())
                        .toList(),
                answers.stream().filter(SpanAnswer::cut).count());
    }

    private List<SpanAnswer> answers(List<? extends @Nullable I> inputs) {
        return inside(() -> session.answer(inputs));
    }

    @Override
    public void save(Path folder) {
        save(folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk: tests put a small one there. */
    public void save(Path folder, UnaryOperator<OutputStream> disk) {
        inside(() -> {
            ExtractionArchive.save(session, folder, disk);
            return folder;
        });
    }

    /** What it holds. */
    public ExtractionSession<I, L> session() {
        return session;
    }

    /** Does work as long as the pipeline is open; {@code PIPELINE_CLOSED} where it isn't. */
    public <T> T inside(Supplier<T> work) {
        return gate.inside(work, session.task().name());
    }

    @Override
    public void close() {
        gate.close(session::close);
    }
}
