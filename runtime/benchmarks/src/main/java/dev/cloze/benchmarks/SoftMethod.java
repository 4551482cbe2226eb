package dev.cloze.benchmarks;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.ProductsAlone.Call;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.List;

/**
 * A method that both sides have, with twenty virtual tokens.
 *
 * @param title for the tables
 * @param peer how {@code peer_soft.py} calls it
 * @param tuning of the model in a folder
 */
record SoftMethod(String title, String peer, TaskTuning tuning) {

    static final int LENGTH = 20;

    /** Those that are asked for. */
    static List<SoftMethod> of(Settings settings, String folder) {
        return all(folder).stream()
                .filter(method -> settings.soft().contains(method.peer()))
                .toList();
    }

    /** What it multiplies where the model reads so many texts at once: virtual tokens too, unless they are keys and values. */
    List<Call> behind(List<Call> calls, int texts) {
        int more = peer.startsWith("prefix") ? 0 : LENGTH * texts;
        return calls.stream()
                .map(call -> new Call(call.tokens() + more, call.last(), call.words()))
                .toList();
    }

    static List<SoftMethod> all(String folder) {
        return List.of(
                new SoftMethod("prompt tuning", "prompt-tuning", of(TuningMethod.PROMPT_TUNING, folder)),
                new SoftMethod(
                        "P-tuning, LSTM, frozen",
                        "p-tuning",
                        of(TuningMethod.P_TUNING, folder).with("freezeBackbone", true)),
                new SoftMethod(
                        "prefix tuning, keys and values",
                        "prefix-tuning",
                        of(TuningMethod.PREFIX_TUNING, folder).with("reparametrized", false)),
                new SoftMethod(
                        "prefix tuning, through its network",
                        "prefix-network",
                        of(TuningMethod.PREFIX_TUNING, folder)));
    }

    private static TaskTuning of(TuningMethod method, String folder) {
        return TaskTuning.of(method, folder).with("promptLength", LENGTH);
    }
}
