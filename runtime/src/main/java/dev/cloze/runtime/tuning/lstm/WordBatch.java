package dev.cloze.runtime.tuning.lstm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.Control;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of word ids in one array, the longest first, as they are packed.
 *
 * @param rows in that order
 * @param order for each, its place among the rows as they were given
 */
record WordBatch(List<int[]> rows, int[] order) {

    /** A batch of rows, none of which is empty. */
    static WordBatch of(List<int[]> rows) {
        int[] order = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -rows.get(i).length))
                .mapToInt(Integer::intValue)
                .toArray();
        return new WordBatch(IntStream.of(order).mapToObj(rows::get).toList(), order);
    }

    /** (B, T), zeros behind each row. */
    NDArray ids(NDManager scope) {
        int longest = rows.get(0).length;
        long[] ids = new long[rows.size() * longest];
        for (int r = 0; r < rows.size(); r++) {
            for (int t = 0; t < rows.get(r).length; t++) {
                ids[r * longest + t] = rows.get(r)[t];
            }
        }
        return scope.create(ids, new Shape(rows.size(), longest));
    }

    /** (B,), in float64 on the CPU, where the kernel packs by them. */
    NDArray lengths(NDManager scope) {
        return Control.of(scope, rows.stream().mapToDouble(row -> row.length).toArray());
    }
}
