package dev.cloze.runtime.backbone.joint;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TextBackbone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers the calls of a round: those of one kind together, and each alone where that fails, so that none fails for another. */
final class Rounds {

    private final Backbone backbone;
    private final LongAdder passes = new LongAdder();
    private final JointScores scores;

    Rounds(Backbone backbone) {
        this.backbone = backbone;
        this.scores = new JointScores(backbone, passes);
    }

    /** How many batches the backbone has been asked. */
    long passes() {
        return passes.sum();
    }

    void answer(List<Call<?>> round) {
        each(round, WordsCall.class, WordsCall::kind, calls -> togetherOrAlone(calls, scores::words));
        each(round, StatesCall.class, call -> call.pooling, calls -> togetherOrAlone(calls, scores::states));
        each(
                round,
                StepCall.class,
                call -> call.part.whole(),
                calls -> orFail(calls, some -> {
                    passes.increment();
                    JointDecoding.step(some);
                }));
        if (backbone instanceof TextBackbone text) {
            List<ReadCall> reads = of(round, ReadCall.class);
            ReadGroups.of(text, reads)
                    .forEach(group -> togetherOrAlone(group, calls -> {
                        passes.increment();
                        JointDecoding.read(text, calls);
                    }));
        }
    }

    private static <C extends Call<?>> List<C> of(List<Call<?>> round, Class<C> type) {
        return round.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <C extends Call<?>> void each(
            List<Call<?>> round, Class<C> type, Function<C, Object> kind, Consumer<List<C>> answering) {
        Map<Object, List<C>> kinds = new LinkedHashMap<>();
        of(round, type).forEach(call -> kinds.computeIfAbsent(kind.apply(call), any -> new ArrayList<>())
                .add(call));
        kinds.values().forEach(answering);
    }

    private static <C extends Call<?>> void togetherOrAlone(List<C> calls, Consumer<List<C>> answering) {
        if (calls.size() == 1) {
            orFail(calls, answering);
            return;
        }
        try {
            answering.accept(calls);
        } catch (RuntimeException | Error e) {
            calls.forEach(call -> orFail(List.of(call), answering));
        }
    }

    private static <C extends Call<?>> void orFail(List<C> calls, Consumer<List<C>> answering) {
        try {
            answering.accept(calls);
        } catch (RuntimeException | Error e) {
            calls.forEach(call -> call.fail(e));
        }
    }
}
