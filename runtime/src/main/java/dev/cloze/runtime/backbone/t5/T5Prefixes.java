package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.PrefixArrays;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The prefixes of one call; an array that stands at two sites is another view of itself at the second. */
final class T5Prefixes implements AutoCloseable {

    private final Map<PrefixSite, TensorList> none;
    private final Map<PrefixSite, TensorList> lists = new EnumMap<>(PrefixSite.class);

    /** What stands where a call has no prefix: a list for each site, which lives as long as the weights. */
    static Map<PrefixSite, TensorList> none(LoadedWeights weights) {
        Map<PrefixSite, TensorList> none = new EnumMap<>(PrefixSite.class);
        for (PrefixSite site : PrefixSite.values()) {
            none.put(site, weights.emptyList(name(site)));
        }
        return none;
    }

    T5Prefixes(NDManager scope, Injection injection, Map<PrefixSite, TensorList> none) {
        this.none = none;
        Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (PrefixSite site : PrefixSite.values()) {
            List<NDArray> arrays = new ArrayList<>();
            for (NDArray array : PrefixArrays.of(scope, injection, site, at(site).get(0))) {
                arrays.add(seen.add(array) ? array : PrefixArrays.view(scope, array));
            }
            if (!arrays.isEmpty()) {
                lists.put(site, TensorList.named(name(site), arrays));
            }
        }
    }

    private static String name(PrefixSite site) {
        return site + "Prefixes";
    }

    /** The list for a kernel. */
    TensorList at(PrefixSite site) {
        TensorList list = lists.containsKey(site) ? lists.get(site) : none.get(site);
        return Objects.requireNonNull(list);
    }

    @Override
    public void close() {
        lists.values().forEach(TensorList::close);
    }
}
