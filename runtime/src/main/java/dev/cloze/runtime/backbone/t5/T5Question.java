package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenIds;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a call of a T5 is about.
 *
 * @param sources what the encoder reads
 * @param targets what the decoder reads
 * @param places of the decoder's inputs, counted row by row, (M,) int64
 * @param tokens the words asked for, empty for all, or each place's right token; hidden states ask for none
 */
record T5Question(T5Batch sources, T5Batch targets, NDArray places, NDArray tokens, NDArray control) {

    /** What stands at each row's first open mask, of these words or of all. */
    static T5Question ofMasks(
            T5Network network,
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            NDArray control,
            Injection injection) {
        List<MaskedText> texts = rows.stream()
                .map(row -> MaskedText.of(row, network.config().startToken()))
                .toList();
        T5Batch targets =
                network.targets(scope, texts.stream().map(MaskedText::target).toList(), injection);
        long[] places = new long[rows.size()];
        for (int r = 0; r < places.length; r++) {
            places[r] = (long) r * targets.width() + texts.get(r).target().length - 1;
        }
        T5Batch sources =
                network.sources(scope, texts.stream().map(MaskedText::source).toList(), injection);
        return new T5Question(sources, targets, scope.create(places), TokenIds.of(scope, words), control);
    }

    /** Each target's tokens: the decoder reads the target behind its start token, and is asked at each of its tokens. */
    static T5Question ofTargets(
            T5Network network, NDManager scope, List<TextRow> rows, NDArray control, Injection injection) {
        int start = network.config().startToken();
        T5Batch targets = network.targets(
                scope, rows.stream().map(row -> shifted(row.target(), start)).toList(), injection);
        int tokens = rows.stream().mapToInt(row -> row.target().length).sum();
        long[] places = new long[tokens];
        long[] labels = new long[tokens];
        int at = 0;
        for (int r = 0; r < rows.size(); r++) {
            int[] target = rows.get(r).target();
            for (int t = 0; t < target.length; t++, at++) {
                places[at] = (long) r * targets.width() + t;
                labels[at] = target[t];
            }
        }
        T5Batch sources =
                network.sources(scope, rows.stream().map(TextRow::source).toList(), injection);
        return new T5Question(sources, targets, scope.create(places), scope.create(labels), control);
    }

    /** The text itself for both, the decoder's behind its start token, asked at the rows' places or at all. */
    static T5Question ofStates(
            T5Network network, NDManager scope, List<TokenRow> rows, NDArray control, Injection injection) {
        int start = network.config().startToken();
        T5Batch targets = network.targets(
                scope, rows.stream().map(row -> shifted(row.ids(), start)).toList(), injection);
        T5Batch sources =
                network.sources(scope, rows.stream().map(TokenRow::ids).toList(), injection);
        NDArray places = scope.create(places(rows, targets.width()));
        return new T5Question(sources, targets, places, TokenIds.of(scope), control);
    }

    /** The places that rows ask for, or all, counted through rows of that width. */
    static long[] places(List<TokenRow> rows, int width) {
        if (rows.get(0).asked().length == 0) {
            return LongStream.range(0, (long) rows.size() * width).toArray();
        }
        return IntStream.range(0, rows.size())
                .boxed()
                .flatMapToLong(r -> Arrays.stream(rows.get(r).asked()).mapToLong(place -> (long) r * width + place))
                .toArray();
    }

    /** The whole vocabulary at each of the inputs a decoder is given as they are. */
    static T5Question ofInputs(T5Network network, NDManager scope, int[] source, int[] inputs) {
        T5Batch targets = network.targets(scope, List.of(inputs), Injection.NONE);
        T5Batch sources = network.sources(scope, List.of(source), Injection.NONE);
        NDArray places = scope.arange(0, inputs.length, 1, DataType.INT64);
        return new T5Question(sources, targets, places, TokenIds.of(scope), network.control(false));
    }

    private static int[] shifted(int[] target, int start) {
        int[] inputs = new int[target.length];
        inputs[0] = start;
        System.arraycopy(target, 0, inputs, 1, target.length - 1);
        return inputs;
    }

    /** The same at the same places, about the whole vocabulary. */
    T5Question ofWholeVocabulary(NDManager scope) {
        return new T5Question(sources, targets, places, TokenIds.of(scope), control);
    }
}
