package dev.cloze.runtime.tuning.prefix;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.tuning.soft.SoftPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What gives the keys and values of every site while they are trained: these numbers themselves, or a network for each site
 * that is dropped when training ends, {@code MLP(E) = W2 tanh(W1 E + b1) + b2} (Li and Liang 2021, arXiv 2101.00190, section
 * 4.3; the reference code and PEFT alike). It runs once a step.
 */
public final class PrefixEncoder implements SoftPrompt {

    private final PrefixLayout layout;
    private final LoadedWeights loaded;
    private final Kernel kernel;
    private final List<List<NDArray>> sites;

    private PrefixEncoder(PrefixLayout layout, LoadedWeights loaded, List<List<NDArray>> sites) {
        this.layout = layout;
        this.loaded = loaded;
        this.sites = sites;
        this.kernel = Kernel.compile(loaded.memory(), KernelSource.read("prefix", Map.of()));
    }

    /**
     * One whose weights start as those from there.
     *
     * @param middle the middle width of its networks; 0 where keys and values themselves are trained
     */
    public static PrefixEncoder load(ComputeDevice device, PrefixLayout layout, int middle, WeightSource source) {
        return LoadedWeights.load(device, source.trainable(), loaded -> {
            List<List<NDArray>> sites = new ArrayList<>();
            for (PrefixSite site : layout.sites().keySet()) {
                sites.add(loaded.each(slots(layout, site, middle)));
            }
            return new PrefixEncoder(layout, loaded, sites);
        });
    }

    /** What is trained of a site. */
    static List<WeightSlot> slots(PrefixLayout layout, PrefixSite site, int middle) {
        return middle == 0 ? List.of(layout.slot(site)) : layout.network(site, middle);
    }

    /** How keys and values reach the model; dropped in training, for each row, where that is wanted. */
    public PrefixForm form(boolean dropping) {
        return new PrefixForm(layout, dropping ? kernel : null);
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return loaded.bySlot();
    }

    @Override
    public List<NDArray> vectors(NDManager scope) {
        return sites.stream()
                .map(arrays -> arrays.size() == 1
                        ? arrays.get(0)
                        : kernel.train(scope, "encode", (Object[]) arrays.toArray(NDArray[]::new)))
                .toList();
    }

    Kernel kernel() {
        return kernel;
    }

    NDManager memory() {
        return loaded.memory();
    }

    @Override
    public void close() {
        kernel.close();
        loaded.close();
    }
}
