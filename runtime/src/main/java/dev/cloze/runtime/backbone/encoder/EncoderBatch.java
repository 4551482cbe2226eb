package dev.cloze.runtime.backbone.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Rows side by side, padded to the longest, as the encoder kernel takes them.
 *
 * @param ids (B, T) int64
 * @param segments (B, T) int64, or empty where all are 0
 * @param positions (B, T) int64
 * @param mask (B, T) bool, true where a token is, or empty where no row is padded
 * @param asked (B, M) int64
 */
record EncoderBatch(NDArray ids, NDArray segments, NDArray positions, NDArray mask, NDArray asked) {

    /** On which side shorter rows are padded; the results are the same. */
    public enum Padding {
        RIGHT,
        LEFT
    }

    /**
     * The rows, which ask for equally many positions, padded on the right.
     *
     * @param types how many segments the model tells apart: a tokenizer such as BERT's numbers two whatever its model
     * @param first the index of a row's first position in the table of positions
     */
    public static EncoderBatch of(NDManager memory, List<TokenRow> rows, int types, IntUnaryOperator first) {
        return of(memory, rows, types, first, Padding.RIGHT);
    }

    static EncoderBatch of(NDManager memory, List<TokenRow> rows, int types, IntUnaryOperator first, Padding padding) {
        int width = rows.stream().mapToInt(TokenRow::length).max().orElseThrow();
        int asks = rows.get(0).asked().length;
        Filler filler = new Filler(rows.size(), width, asks, types);
        for (int r = 0; r < rows.size(); r++) {
            TokenRow row = rows.get(r);
            filler.add(r, row, padding == Padding.LEFT ? width - row.length() : 0, first.applyAsInt(r));
        }
        Shape shape = new Shape(rows.size(), width);
        return new EncoderBatch(
                memory.create(filler.ids, shape),
                filler.segmented ? memory.create(filler.segments, shape) : memory.create(new long[0]),
                memory.create(filler.positions, shape),
                filler.padded ? memory.create(filler.mask, shape) : memory.create(new boolean[0]),
                memory.create(filler.asked, new Shape(rows.size(), asks)));
    }

    private static final class Filler {
        final int width;
        final int asks;
        final int lastType;
        final long[] ids;
        final long[] segments;
        final long[] positions;
        final boolean[] mask;
        final long[] asked;
        boolean padded;
        boolean segmented;

        Filler(int rows, int width, int asks, int types) {
            this.width = width;
            this.asks = asks;
            this.lastType = Math.max(0, types - 1);
            ids = new long[rows * width];
            segments = new long[rows * width];
            positions = new long[rows * width];
            mask = new boolean[rows * width];
            asked = new long[rows * asks];
        }

        void add(int r, TokenRow row, int shift, int positionOffset) {
            int start = r * width + shift;
            for (int t = 0; t < row.length(); t++) {
                ids[start + t] = row.ids()[t];
                segments[start + t] = Math.min(row.segments()[t], lastType);
                segmented |= segments[start + t] != 0;
                positions[start + t] = positionOffset + t;
                mask[start + t] = true;
            }
            padded |= row.length() < width;
            for (int m = 0; m < asks; m++) {
                asked[r * asks + m] = row.asked()[m] + shift;
            }
        }
    }
}
