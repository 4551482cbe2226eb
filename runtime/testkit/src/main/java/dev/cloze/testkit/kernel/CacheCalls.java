package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.testkit.kernel.Values.Floats;
import dev.cloze.testkit.kernel.Values.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Keys and values kept between calls: made, filled, grown, some rows left out, copied, counted. */
public final class CacheCalls {

    private static final int LAYERS = 6;
    private static final int ROWS = 4;
    private static final int HEADS = 8;
    private static final int SLOTS = 40;
    private static final int FILLED = 33;
    private static final int WIDTH = 64;
    private static final int PREFIX = 5;

    private CacheCalls() {}

    /** Every method; what is not filled yet is not compared. */
    public static List<KernelCall> all() {
        Random random = new Random(13);
        List<Floats> store = tensors(random, ROWS, SLOTS);
        Argument kept = Argument.one("rows", Numbers.integers(new int[] {3, 0, 1}, 3));
        Argument allRows = Argument.one("rows", Numbers.none());
        return List.of(
                call(
                                "make",
                                "make",
                                Argument.one("control", Numbers.control(2 * LAYERS, ROWS, HEADS, SLOTS, WIDTH)),
                                Argument.one("like", Floats.filled(1, 2, 3)))
                        .compared(Comparison.BF16.before(0)),
                call(
                        "fill",
                        "fill",
                        Argument.one("like", store.get(0)),
                        Argument.changed("store", store),
                        Argument.list("prefixes", tensors(random, 1, PREFIX))),
                move("grow", store, allRows, SLOTS + 4),
                move("grow-and-leave-out", store, kept, SLOTS + 4),
                move("leave-out", store, kept, FILLED),
                call(
                        "arrays",
                        "arrays",
                        Argument.one("control", Numbers.control(FILLED)),
                        Argument.list("store", store)),
                call("bytes", "bytes", Argument.list("store", store)).compared(Comparison.PLAIN));
    }

    private static KernelCall move(String name, List<Floats> store, Argument rows, int slots) {
        return call(
                        name,
                        "move",
                        Argument.one("control", Numbers.control(FILLED, slots)),
                        rows,
                        Argument.changed("store", store))
                .compared(Comparison.BF16.before(FILLED));
    }

    private static KernelCall call(String name, String method, Argument... arguments) {
        return KernelCall.of("cache", name, KernelSource.read("cache", Map.of()), method, List.of(arguments))
                .compared(Comparison.BF16);
    }

    private static List<Floats> tensors(Random random, int rows, int slots) {
        return Stream.generate(() -> Floats.random(random, 0, 1, rows, HEADS, slots, WIDTH))
                .limit(2 * LAYERS)
                .toList();
    }
}
