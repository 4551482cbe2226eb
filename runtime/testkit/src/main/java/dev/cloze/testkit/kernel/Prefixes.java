package dev.cloze.testkit.kernel;

import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prefixes as kernels take them: key and value of each layer in turn, and last which of their places each row has. */
final class Prefixes {

    private Prefixes() {}

    /** All rows have all places. */
    static List<Values> everywhere(List<Floats> keysAndValues) {
        return with(keysAndValues, Floats.none());
    }

    /** Row r has the first places only, {@link #length} of them. */
    static List<Values> ofRows(List<Floats> keysAndValues, int rows, int places) {
        int[] flags = IntStream.range(0, rows * places)
                .map(i -> i % places < length(i / places, places) ? 1 : 0)
                .toArray();
        return with(keysAndValues, Numbers.flags(flags, rows, places));
    }

    /** Two fewer a row, down to none. */
    static int length(int row, int places) {
        return Math.max(0, places - 2 * row);
    }

    private static List<Values> with(List<Floats> keysAndValues, Values seen) {
        return Stream.concat(keysAndValues.stream(), Stream.of(seen)).toList();
    }
}
