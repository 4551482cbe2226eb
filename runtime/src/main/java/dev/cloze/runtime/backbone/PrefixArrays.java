package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** The prefix of a call as kernels take it. */
public final class PrefixArrays {

    private PrefixArrays() {}

    /**
     * The key and the value of each layer in turn, and last where each row has them; no array where there is no prefix.
     *
     * @param none stands for "everywhere"
     */
    public static List<NDArray> of(NDManager scope, Injection injection, PrefixSite site, NDArray none) {
        List<NDArray> prefix = injection.prefix(site);
        if (prefix.isEmpty()) {
            return prefix;
        }
        List<NDArray> arrays = new ArrayList<>(prefix);
        NDArray seen = injection.seen(scope, site);
        arrays.add(seen == null ? view(scope, none) : seen);
        return arrays;
    }

    /** Another view of an array, as an array can stand in one list of a call only. */
    public static NDArray view(NDManager scope, NDArray array) {
        NDArray view = array.reshape(array.getShape());
        view.attach(scope);
        return view;
    }
}
