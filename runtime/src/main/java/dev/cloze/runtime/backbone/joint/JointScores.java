package dev.cloze.runtime.backbone.joint;

import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Answers what several ask about words and hidden states in one pass over all their rows. */
final class JointScores {

    private final Backbone backbone;
    private final LongAdder passes;

    /** @param passes counts the batches */
    JointScores(Backbone backbone, LongAdder passes) {
        this.backbone = backbone;
        this.passes = passes;
    }

    /** Calls of one kind: the words of all are asked for at once, and each gets its own. */
    void words(List<WordsCall> calls) {
        int[] words = calls.stream()
                .flatMapToInt(call -> Arrays.stream(call.words))
                .distinct()
                .toArray();
        boolean normalise = calls.get(0).normalise;
        JointRows rows = new JointRows(backbone, passes);
        calls.forEach(call -> rows.add(call.rows, call.injection));
        List<float[][]> scores = rows.ask(
                (scope, members, injection) -> Arrays.asList(backbone.scores(members, words, normalise, injection)));
        Map<Integer, Integer> columns = new HashMap<>();
        for (int i = 0; i < words.length; i++) {
            columns.put(words[i], i);
        }
        int from = 0;
        for (WordsCall call : calls) {
            List<float[][]> own = scores.subList(from, from += call.rows.size());
            call.give(Arrays.equals(call.words, words) ? own.toArray(float[][][]::new) : chosen(own, call, columns));
        }
    }

    private static float[][][] chosen(List<float[][]> own, WordsCall call, Map<Integer, Integer> columns) {
        int[] places = Arrays.stream(call.words).map(columns::get).toArray();
        float[][][] chosen = new float[own.size()][][];
        for (int r = 0; r < chosen.length; r++) {
            chosen[r] = new float[own.get(r).length][places.length];
            for (int m = 0; m < chosen[r].length; m++) {
                for (int w = 0; w < places.length; w++) {
                    chosen[r][m][w] = own.get(r)[m][places[w]];
                }
            }
        }
        return chosen;
    }

    /** Calls of one pooling; of hidden states a row may ask for one, as heads of labels do, or for one a word. */
    void states(List<StatesCall> calls) {
        StatePooling pooling = calls.get(0).pooling;
        JointRows rows = new JointRows(backbone, passes);
        calls.forEach(call -> rows.add(call.rows, call.injection));
        List<float[]> states = pooling == StatePooling.PLACES
                ? rows.askUnlike(this::places)
                : rows.ask((scope, members, injection) -> states(scope, members, pooling, injection));
        int from = 0;
        for (StatesCall call : calls) {
            call.give(states.subList(from, from += call.rows.size()).toArray(float[][]::new));
        }
    }

    private List<float[]> places(NDManager scope, List<TokenRow> rows, Injection injection) {
        List<float[]> states = states(scope, TokenRow.alike(rows), StatePooling.PLACES, injection);
        int width = backbone.shape().hiddenSize();
        List<float[]> own = new ArrayList<>(rows.size());
        for (int r = 0; r < rows.size(); r++) {
            int size = rows.get(r).asked().length * width;
            own.add(states.get(r).length == size ? states.get(r) : Arrays.copyOf(states.get(r), size));
        }
        return own;
    }

    private List<float[]> states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        float[] flat = backbone.states(scope, rows, pooling, injection).toFloatArray();
        int size = flat.length / rows.size();
        List<float[]> states = new ArrayList<>(rows.size());
        for (int r = 0; r < rows.size(); r++) {
            states.add(Arrays.copyOfRange(flat, r * size, (r + 1) * size));
        }
        return states;
    }
}
