package dev.cloze.runtime.text;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.archive.AdapterExport;
import dev.cloze.runtime.engine.Gate;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A pipeline over a session, which many threads use and one closes. */
public final class WritingPipeline<I> implements TextPipeline<I> {

    private final TextSession<I> session;
    private final Gate gate;
    private final GenerationOptions options;

    /** Takes over the session. */
    public WritingPipeline(TextSession<I> session) {
        this(session, new Gate(), GenerationOptions.defaults());
    }

    private WritingPipeline(TextSession<I> session, Gate gate, GenerationOptions options) {
        this.session = session;
        this.gate = gate;
        this.options = options;
    }

    @Override
    public GenerationOptions options() {
        return options;
    }

    @Override
    public TextPipeline<I> withOptions(UnaryOperator<GenerationOptions> change) {
        return new WritingPipeline<>(session, gate, change.apply(options));
    }

    @Override
    public String generate(I input) {
        return generate(input, GenerationListener.NONE);
    }

    @Override
    public String generate(I input, GenerationListener listener) {
        return generateAll(input, options, listener).get(0).text();
    }

    @Override
    public List<String> generate(List<I> inputs) {
        return inside(() -> session.write(inputs, options, GenerationListener.NONE)).stream()
                .map(texts -> texts.get(0).text())
                .toList();
    }

    @Override
    public List<Generated> generateAll(I input) {
        return generateAll(input, options);
    }

    @Override
    public List<Generated> generateAll(I input, GenerationOptions otherOptions) {
        return generateAll(input, otherOptions, GenerationListener.NONE);
    }

    @Override
    public List<Generated> generateAll(I input, GenerationOptions otherOptions, GenerationListener listener) {
        return inside(() -> session.write(Collections.singletonList(input), otherOptions, listener))
                .get(0);
    }

    @Override
    public double perplexity(List<TextPair<I>> pairs) {
        return inside(() -> new TextScores<>(session).perplexity(pairs));
    }

    @Override
    public TextEvaluation evaluate(List<TextPair<I>> pairs) {
        return inside(() -> new TextScores<>(session).evaluate(pairs, options));
    }

    @Override
    public void save(Path folder) {
        inside(() -> {
            TextArchive.save(session, folder);
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
    public TextSession<I> session() {
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
