package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The prefixes that rows of different tasks have at one site, side by side: each array (1 or B, H, P, D), where what a row
 * doesn't have is zero.
 */
final class PrefixRows {

    private final NDManager scope;
    private final List<Injection> distinct;
    private final int[] whose;
    private final PrefixSite site;
    private final int longest;

    /**
     * @param distinct the injections of the rows, at least one of which has a prefix there
     * @param whose the place of each row's among them
     * @param longest P
     */
    PrefixRows(NDManager scope, List<Injection> distinct, int[] whose, PrefixSite site, int longest) {
        this.scope = scope;
        this.distinct = distinct;
        this.whose = whose;
        this.site = site;
        this.longest = longest;
    }

    /** The key and the value of each layer in turn. */
    List<NDArray> arrays() {
        List<NDArray> like = distinct.stream()
                .map(own -> own.prefix(site))
                .filter(arrays -> !arrays.isEmpty())
                .findFirst()
                .orElseThrow();
        if (distinct.size() == 1) {
            return like;
        }
        boolean whole = distinct.stream()
                .allMatch(own -> own.prefix(site).isEmpty() || own.wholes().containsKey(site));
        return whole
                ? ofWholes(like.size())
                : IntStream.range(0, like.size())
                        .mapToObj(i -> sideBySide(
                                own -> own.prefix(site).isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(own.prefix(site).get(i)),
                                2))
                        .toList();
    }

    /** All of them at once: few operations, however many layers there are. */
    private List<NDArray> ofWholes(int count) {
        NDArray rows = sideBySide(own -> Optional.ofNullable(own.wholes().get(site)), 1); // (B, P, 2 L H, D)
        NDList arrays = owned(rows.transpose(0, 2, 1, 3)).split(count, 1);
        arrays.attach(scope);
        return arrays;
    }

    /** Arrays of one row each in the order of the rows at once, so that nothing is copied twice. */
    private NDArray sideBySide(Function<Injection, Optional<NDArray>> array, int places) {
        NDArray like = distinct.stream()
                .map(array)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
        NDArray[] padded = distinct.stream()
                .map(own -> padded(array.apply(own), like, places))
                .toArray(NDArray[]::new);
        NDList rows = new NDList(whose.length);
        Arrays.stream(whose).forEach(own -> rows.add(padded[own]));
        return owned(NDArrays.concat(rows, 0));
    }

    /** With zeros on that axis behind the places that it has. */
    private NDArray padded(Optional<NDArray> array, NDArray like, int places) {
        long[] shape = like.getShape().getShape().clone();
        shape[places] = longest - array.map(own -> own.getShape().get(places)).orElse(0L);
        if (shape[places] == 0) {
            return array.orElseThrow();
        }
        NDArray zeros = scope.zeros(new Shape(shape), like.getDataType());
        return array.map(own -> owned(NDArrays.concat(new NDList(own, zeros), places)))
                .orElse(zeros);
    }

    private NDArray owned(NDArray array) {
        array.attach(scope);
        return array;
    }
}
