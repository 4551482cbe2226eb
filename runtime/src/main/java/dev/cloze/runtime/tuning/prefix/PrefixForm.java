package dev.cloze.runtime.tuning.prefix;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.tuning.soft.SoftForm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values before a text's own in every layer, its own tokens behind them: a vector (P, 2 L H D) a site, read as (P, 2L,
 * H, D) and turned to (2L, H, P, D), of which 2i and 2i + 1 are the key and the value of layer i, as the code of prefix tuning
 * and PEFT have it. Where the model rotates keys, these are as they are after rotation, as PEFT has them.
 *
 * @param layout the sizes
 * @param dropping with the operations of {@code prefix} where keys and values are dropped in training at the rate of hidden
 *     states, for each row, as the code of P-tuning v2 does; null where nothing of them is dropped
 */
public record PrefixForm(PrefixLayout layout, @Nullable Kernel dropping) implements SoftForm {

    /** Between the seeds of the layers and those of a head. */
    private static final long SEED = 1L << 14;

    /** Keys and values of which nothing is dropped. */
    public static PrefixForm of(PrefixLayout layout) {
        return new PrefixForm(layout, null);
    }

    @Override
    public List<WeightSlot> slots() {
        return layout.sites().keySet().stream().map(layout::slot).toList();
    }

    @Override
    public Injection injection(NDManager scope, List<NDArray> vectors, Dropout dropout) {
        return injection(scope, vectors, dropout, 1);
    }

    @Override
    public Injection injection(NDManager scope, List<NDArray> vectors, Dropout dropout, int rows) {
        Map<PrefixSite, List<NDArray>> prefixes = new EnumMap<>(PrefixSite.class);
        Map<PrefixSite, NDArray> wholes = new EnumMap<>(PrefixSite.class);
        int i = 0;
        for (PrefixSite site : layout.sites().keySet()) {
            long layers = 2L * layout.sites().get(site);
            NDArray vector = vectors.get(i);
            NDArray read = in(scope, vector.reshape(layout.length(), layers, layout.heads(), layout.headSize()));
            NDArray turned = in(scope, read.transpose(1, 2, 0, 3));
            NDArray each = dropped(scope, turned, dropout, rows, i++);
            List<NDArray> arrays = new ArrayList<>(each.split(layers, 0));
            arrays.forEach(array -> array.attach(scope));
            prefixes.put(site, arrays);
            if (each == turned) {
                wholes.put(
                        site,
                        in(scope, vector.reshape(1, layout.length(), layers * layout.heads(), layout.headSize())));
            }
        }
        return new Injection(null, null, prefixes, new int[] {layout.length()}, Map.of(), wholes);
    }

    private NDArray dropped(NDManager scope, NDArray numbers, Dropout dropout, int rows, int site) {
        if (dropping == null || dropout.hidden() == 0) {
            return numbers;
        }
        NDArray control = Control.of(scope, rows, dropout.hidden(), dropout.seed() + SEED + site);
        return dropping.train(scope, "dropped", numbers, control);
    }

    private static NDArray in(NDManager scope, NDArray array) {
        array.attach(scope);
        return array;
    }

    @Override
    public int positions() {
        return layout.length();
    }
}
