package dev.cloze.runtime.cloze;

import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozeAnswer;
import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.archive.AdapterExport;
import dev.cloze.runtime.data.AnsweredChecks;
import dev.cloze.runtime.engine.Gate;
import dev.cloze.runtime.metric.Ranks;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.tuning.LabelAnswer;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A pipeline over a session, which many threads use and one closes. */
public final class SessionPipeline<I> implements ClozePipeline<I> {

    /** Inputs whose scores are held at a time: of an open vocabulary each has very many. */
    private static final int CHUNK = 64;

    private final ClozeSession<I> session;
    private final Gate gate = new Gate();

    /** Takes over the session. */
    public SessionPipeline(ClozeSession<I> session) {
        this.session = session;
    }

    /** Scores the words for some inputs. */
    private interface Asked extends Function<List<Map<String, String>>, List<LabelAnswer>> {}

    @Override
    public List<String> words() {
        return inside(() -> session.product().words());
    }

    @Override
    public ClozeAnswer predict(I input) {
        return predict(Collections.singletonList(input)).get(0);
    }

    @Override
    public List<ClozeAnswer> predict(List<I> inputs) {
        return inside(() -> ranked(inputs, session.product().words(), session.shown(), this::ask));
    }

    @Override
    public ClozeAnswer predict(I input, List<String> candidates) {
        return predict(Collections.singletonList(input), candidates).get(0);
    }

    @Override
    public List<ClozeAnswer> predict(List<I> inputs, List<String> candidates) {
        return inside(() -> ranked(inputs, candidates, Integer.MAX_VALUE, asking(candidates)));
    }

    private List<ClozeAnswer> ranked(List<? extends @Nullable I> inputs, List<String> words, int most, Asked asked) {
        return answers(inputs, asked, (input, said) -> Ranking.of(said, words, most));
    }

    @Override
    public ClozeEvaluation evaluate(List<Answered<I>> examples) {
        return evaluate(examples, answer -> session.product().placeOf(answer), this::ask);
    }

    @Override
    public ClozeEvaluation evaluate(List<Answered<I>> examples, List<String> candidates) {
        return evaluate(
                examples,
                answer -> {
                    int place = candidates.indexOf(answer);
                    return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
                },
                asking(candidates));
    }

    private ClozeEvaluation evaluate(List<Answered<I>> examples, Function<String, OptionalInt> placeOf, Asked asked) {
        AnsweredChecks.complete(examples, "example");
        long[] cut = new long[1];
        List<Integer> ranks =
                inside(() -> answers(examples.stream().map(Answered::input).toList(), asked, (input, said) -> {
                    cut[0] += said.cut() ? 1 : 0;
                    OptionalInt place = placeOf.apply(examples.get(input).answer());
                    return place.isPresent() ? Ranks.of(place.getAsInt(), said.scores()) : 0;
                }));
        return ClozeEvaluation.of(ranks.stream().mapToInt(Integer::intValue).toArray(), cut[0]);
    }

    private List<LabelAnswer> ask(List<Map<String, String>> inputs) {
        return session.product().answer(inputs);
    }

    private Asked asking(List<String> candidates) {
        return inputs -> session.product().answer(inputs, candidates);
    }

    /** What is made of the scores of one input. */
    private interface Taken<T> {
        T of(int input, LabelAnswer said);
    }

    private <T> List<T> answers(List<? extends @Nullable I> inputs, Asked asked, Taken<T> taken) {
        List<Map<String, String>> values =
                new InputValues<>(inputs, session.task().placeholders());
        List<T> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            for (LabelAnswer said : asked.apply(values.subList(from, Math.min(inputs.size(), from + CHUNK)))) {
                answers.add(taken.of(answers.size(), said));
            }
        }
        return answers;
    }

    @Override
    public void save(Path folder) {
        save(folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk: tests put a small one there. */
    public void save(Path folder, UnaryOperator<OutputStream> disk) {
        inside(() -> {
            ClozeArchive.save(session, folder, disk);
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
    public ClozeSession<I> session() {
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
