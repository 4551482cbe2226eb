package dev.cloze.runtime.backbone.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts side by side, padded on the right to the longest, as the decoder kernel takes them.
 *
 * @param ids (B, T) int64
 * @param asked (N,) int64: places of B T whose next token is asked for
 * @param targets (2, N) int64: those tokens and their rows, or empty where nobody knows them
 */
record DecoderBatch(NDArray ids, NDArray asked, NDArray targets) {

    /** A text, and the positions whose next tokens are asked for. */
    record Text(int[] ids, int[] asked) {}

    static DecoderBatch of(NDManager memory, List<Text> texts) {
        return of(memory, texts, new long[0]);
    }

    /** The rows as they are, with the places they ask for. */
    static DecoderBatch ofRows(NDManager memory, List<TokenRow> rows) {
        return of(
                memory,
                rows.stream().map(row -> new Text(row.ids(), row.asked())).toList());
    }

    /** Where tokens are, (B, T) bool; empty where no row is padded. */
    static NDArray mask(NDManager memory, List<TokenRow> rows) {
        int width = rows.stream().mapToInt(TokenRow::length).max().orElseThrow();
        boolean[] mask = new boolean[rows.size() * width];
        boolean padded = false;
        for (int r = 0; r < rows.size(); r++) {
            int length = rows.get(r).length();
            Arrays.fill(mask, r * width, r * width + length, true);
            padded |= length < width;
        }
        return padded ? memory.create(mask, new Shape(rows.size(), width)) : memory.create(new boolean[0]);
    }

    /**
     * Each source and its target but for the last token, which only has to be predicted.
     *
     * @throws IllegalArgumentException where a source is empty, so that nothing predicts the target's first token
     */
    static DecoderBatch ofTargets(NDManager memory, List<TextRow> rows) {
        List<Text> texts = new ArrayList<>();
        int count = rows.stream().mapToInt(row -> row.target().length).sum();
        long[] targets = new long[2 * count];
        int at = 0;
        for (int r = 0; r < rows.size(); r++) {
            TextRow row = rows.get(r);
            if (row.source().length == 0) {
                throw nothingBefore();
            }
            int[] whole = joined(row);
            int first = row.source().length - 1;
            texts.add(new Text(
                    Arrays.copyOf(whole, whole.length - 1),
                    IntStream.range(first, first + row.target().length).toArray()));
            for (int token : row.target()) {
                targets[at] = token;
                targets[count + at++] = r;
            }
        }
        return of(memory, texts, targets);
    }

    /** The text as one: its source and then its target. */
    static int[] joined(TextRow row) {
        int[] whole = Arrays.copyOf(row.source(), row.length());
        System.arraycopy(row.target(), 0, whole, row.source().length, row.target().length);
        return whole;
    }

    /**
     * The tokens before a row's masks, which must be its last tokens: the first of them is what comes next.
     *
     * @throws IllegalArgumentException where a row asks for something else
     */
    static Text beforeMasks(TokenRow row) {
        int[] asked = row.asked();
        for (int j = 0; j < asked.length; j++) {
            if (asked[j] != row.length() - asked.length + j) {
                throw new IllegalArgumentException("a decoder predicts what comes next: the masks must be the last of "
                        + row.length() + " tokens, but stand at " + Arrays.toString(asked));
            }
        }
        if (asked.length == 0 || asked[0] == 0) {
            throw nothingBefore();
        }
        return new Text(Arrays.copyOf(row.ids(), asked[0]), new int[] {asked[0] - 1});
    }

    private static IllegalArgumentException nothingBefore() {
        return new IllegalArgumentException("a decoder predicts what comes after a text, but there is none");
    }

    private static DecoderBatch of(NDManager memory, List<Text> texts, long[] targets) {
        int width = texts.stream().mapToInt(text -> text.ids().length).max().orElseThrow();
        long[] ids = new long[texts.size() * width];
        long[] asked =
                new long[texts.stream().mapToInt(text -> text.asked().length).sum()];
        int at = 0;
        for (int r = 0; r < texts.size(); r++) {
            int[] tokens = texts.get(r).ids();
            for (int t = 0; t < tokens.length; t++) {
                ids[r * width + t] = tokens[t];
            }
            for (int place : texts.get(r).asked()) {
                asked[at++] = (long) r * width + place;
            }
        }
        return new DecoderBatch(
                memory.create(ids, new Shape(texts.size(), width)),
                memory.create(asked, new Shape(asked.length)),
                targets.length == 0 ? memory.create(new long[0]) : memory.create(targets, new Shape(2, asked.length)));
    }
}
