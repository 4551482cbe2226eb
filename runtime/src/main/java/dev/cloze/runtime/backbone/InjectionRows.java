package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of injections: some of one's, and several side by side in one batch. */
public final class InjectionRows {

    private InjectionRows() {}

    /**
     * What an injection adds to some of its rows, in that order: arrays of those rows alone in that scope. A prefix is no longer
     * than the longest of them.
     */
    public static Injection of(NDManager scope, Injection injection, int... rows) {
        if (!injection.isForCertainRows() || areAll(injection, rows)) {
            return injection;
        }
        NDArray index = TokenIds.of(scope, rows);
        Map<PrefixSite, List<NDArray>> prefixes = new EnumMap<>(PrefixSite.class);
        Map<PrefixSite, int[]> lengths = new EnumMap<>(PrefixSite.class);
        injection.prefixes().forEach((site, arrays) -> {
            int[] each = Arrays.stream(rows)
                    .map(row -> injection.prefixLength(site, row))
                    .toArray();
            int longest = Arrays.stream(each).max().orElse(0);
            if (longest > 0) {
                prefixes.put(
                        site,
                        arrays.stream()
                                .map(array -> cut(taken(scope, array, index), longest))
                                .toList());
                if (Arrays.stream(each).anyMatch(length -> length < longest)) {
                    lengths.put(site, each);
                }
            }
        });
        NDArray embeddings = injection.embeddings();
        int[] firsts = Arrays.stream(rows).map(injection::firstPosition).toArray();
        return new Injection(
                embeddings == null ? null : taken(scope, embeddings, index),
                injection.virtual(),
                prefixes,
                alike(firsts),
                lengths);
    }

    /** Whether these are all rows that it is laid out for, in their order. */
    private static boolean areAll(Injection injection, int[] rows) {
        return IntStream.range(0, rows.length).allMatch(r -> rows[r] == r)
                && injection.lengths().values().stream().allMatch(each -> each.length == rows.length)
                && (injection.firstPositions().length == 1 || injection.firstPositions().length == rows.length)
                && Stream.concat(
                                injection.prefixes().values().stream().flatMap(List::stream),
                                Stream.ofNullable(injection.embeddings()))
                        .map(array -> array.getShape().get(0))
                        .allMatch(count -> count == 1 || count == rows.length);
    }

    /**
     * Rows of different tasks in one batch: the injection of each row, for one row each or for any. Shorter prefixes are padded
     * and masked, with the graph behind them. The virtual tokens of all are numbered one after the other's, see {@link
     * #virtualStarts}.
     *
     * @param each one a row; one that stands for several rows is laid out once
     * @throws IllegalArgumentException where some have embeddings, which are laid out for a whole batch
     */
    public static Injection joined(NDManager scope, List<Injection> each) {
        if (each.stream().anyMatch(own -> own.embeddings() != null)) {
            throw new IllegalArgumentException(
                    "embeddings are laid out for a batch: put them into the joined injection");
        }
        Map<Injection, Integer> different = new IdentityHashMap<>();
        List<Injection> distinct = each.stream()
                .filter(own -> different.putIfAbsent(own, different.size()) == null)
                .toList();
        int[] whose = each.stream().mapToInt(different::get).toArray();
        Map<PrefixSite, List<NDArray>> prefixes = new EnumMap<>(PrefixSite.class);
        Map<PrefixSite, int[]> lengths = new EnumMap<>(PrefixSite.class);
        for (PrefixSite site : PrefixSite.values()) {
            int[] own = each.stream().mapToInt(one -> one.prefixLength(site)).toArray();
            int longest = Arrays.stream(own).max().orElse(0);
            if (longest > 0) {
                prefixes.put(site, new PrefixRows(scope, distinct, whose, site, longest).arrays());
                if (Arrays.stream(own).anyMatch(length -> length < longest)) {
                    lengths.put(site, own);
                }
            }
        }
        int[] firsts = each.stream().mapToInt(Injection::firstPosition).toArray();
        return new Injection(null, virtual(scope, distinct), prefixes, alike(firsts), lengths);
    }

    private static @Nullable NDArray virtual(NDManager scope, List<Injection> distinct) {
        NDArray[] vectors = distinct.stream()
                .map(Injection::virtual)
                .filter(Objects::nonNull)
                .toArray(NDArray[]::new);
        return vectors.length == 0
                ? null
                : vectors.length == 1 ? vectors[0] : owned(scope, NDArrays.concat(new NDList(vectors), 0));
    }

    /** The number that virtual token 0 of each row has among those of a joined injection. */
    public static int[] virtualStarts(List<Injection> each) {
        Map<Injection, Integer> starts = new IdentityHashMap<>();
        int[] all = new int[each.size()];
        int count = 0;
        for (int r = 0; r < all.length; r++) {
            NDArray vectors = each.get(r).virtual();
            if (vectors != null && starts.putIfAbsent(each.get(r), count) == null) {
                count += (int) vectors.getShape().get(0);
            }
            all[r] = starts.getOrDefault(each.get(r), 0);
        }
        return all;
    }

    /** Those rows of an array, or all where it is alike for all rows. */
    private static NDArray taken(NDManager scope, NDArray array, NDArray index) {
        return array.getShape().get(0) == 1 ? array : owned(scope, array.get(index));
    }

    private static NDArray cut(NDArray array, int longest) {
        return array.getShape().get(2) == longest ? array : array.get(new NDIndex(":, :, :" + longest));
    }

    private static NDArray owned(NDManager scope, NDArray array) {
        array.attach(scope);
        return array;
    }

    /** One number where all are the same. */
    private static int[] alike(int[] numbers) {
        return Arrays.stream(numbers).distinct().count() > 1 ? numbers : Arrays.copyOf(numbers, 1);
    }
}
