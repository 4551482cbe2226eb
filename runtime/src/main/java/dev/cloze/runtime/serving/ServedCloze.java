package dev.cloze.runtime.serving;

import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozeAnswer;
import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ServedClozePipeline;
import dev.cloze.runtime.cloze.Ranking;
import dev.cloze.runtime.cloze.SessionPipeline;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.WordAnswers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A cloze that is served together with other tasks. */
final class ServedCloze<I> implements ServedClozePipeline<I> {

    private final Engine engine;
    private final Desk<Words<I>, WordRequest, ClozeAnswer> desk;

    /** A pipeline, and what answers as it does. */
    record Words<I>(SessionPipeline<I> pipeline, WordAnswers answers) {

        /** The words of some requests: those that ask about the same words are answered together. */
        List<ClozeAnswer> ranked(List<WordRequest> requests) {
            Map<Optional<List<String>>, List<Integer>> alike = new LinkedHashMap<>();
            for (int i = 0; i < requests.size(); i++) {
                alike.computeIfAbsent(requests.get(i).candidates(), any -> new ArrayList<>())
                        .add(i);
            }
            List<ClozeAnswer> all = new ArrayList<>(Collections.nCopies(requests.size(), null));
            alike.forEach((candidates, places) -> {
                List<ClozeAnswer> some = ranked(
                        places.stream()
                                .map(place -> requests.get(place).values())
                                .toList(),
                        candidates);
                for (int i = 0; i < some.size(); i++) {
                    all.set(places.get(i), some.get(i));
                }
            });
            return all;
        }

        private List<ClozeAnswer> ranked(List<Map<String, String>> inputs, Optional<List<String>> candidates) {
            List<LabelAnswer> said =
                    candidates.map(words -> answers.answer(inputs, words)).orElseGet(() -> answers.answer(inputs));
            List<String> words =
                    candidates.orElseGet(() -> pipeline.session().product().words());
            int most = candidates.isPresent()
                    ? Integer.MAX_VALUE
                    : pipeline.session().shown();
            return said.stream().map(each -> Ranking.of(each, words, most)).toList();
        }
    }

    ServedCloze(Engine engine, Desk<Words<I>, WordRequest, ClozeAnswer> desk) {
        this.engine = engine;
        this.desk = desk;
    }

    @Override
    public List<String> words() {
        return desk.with(by -> by.pipeline().words());
    }

    @Override
    public ClozeAnswer predict(I input) {
        return desk.await(desk.submit(request(input, Optional.empty())));
    }

    @Override
    public List<ClozeAnswer> predict(List<I> inputs) {
        return desk.answers(inputs.size(), i -> request(inputs.get(i), Optional.empty()));
    }

    @Override
    public ClozeAnswer predict(I input, List<String> candidates) {
        return desk.await(desk.submit(request(input, Optional.of(List.copyOf(candidates)))));
    }

    @Override
    public List<ClozeAnswer> predict(List<I> inputs, List<String> candidates) {
        Optional<List<String>> words = Optional.of(List.copyOf(candidates));
        return desk.answers(inputs.size(), i -> request(inputs.get(i), words));
    }

    @Override
    public CompletableFuture<ClozeAnswer> predictAsync(I input) {
        return desk.submit(request(input, Optional.empty()));
    }

    @Override
    public CompletableFuture<ClozeAnswer> predictAsync(I input, List<String> candidates) {
        return desk.submit(request(input, Optional.of(List.copyOf(candidates))));
    }

    @Override
    public CompletableFuture<ClozeAnswer> predictAsync(I input, Duration deadline) {
        return desk.submit(request(input, Optional.empty()), Optional.of(deadline));
    }

    private WordRequest request(@Nullable I input, Optional<List<String>> candidates) {
        return new WordRequest(
                desk.with(by -> PlaceholderValues.of(
                        input, by.pipeline().session().task().placeholders())),
                candidates);
    }

    @Override
    public ClozeEvaluation evaluate(List<Answered<I>> examples) {
        return desk.with(by -> by.pipeline().evaluate(examples));
    }

    @Override
    public ClozeEvaluation evaluate(List<Answered<I>> examples, List<String> candidates) {
        return desk.with(by -> by.pipeline().evaluate(examples, candidates));
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
    public void replace(ClozePipeline<I> other) {
        desk.replace(engine.guests().of(other));
    }

    @Override
    public void close() {
        desk.close();
    }
}
