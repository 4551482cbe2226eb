package dev.cloze.runtime.tuning.ptuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.runtime.tuning.soft.SoftPrompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network of P-tuning that gives the vectors of the virtual tokens, h = MLP(BiLSTM(E)) or MLP(E) (Liu et al. 2021, arXiv
 * 2103.10385, section 3.2). What it gives is the same for every text, so that it is needed in training only.
 */
final class PromptEncoder implements SoftPrompt {

    private final LoadedWeights loaded;
    private final Kernel kernel;
    private final NDArray rows;
    private final TensorList cells;
    private final TensorList layers;

    private PromptEncoder(PromptEncoderShape shape, LoadedWeights loaded) {
        this.loaded = loaded;
        this.rows = loaded.each(List.of(shape.rows())).get(0);
        this.cells = shape.hidden() == 0
                ? loaded.emptyList("cells")
                : loaded.list("cells", shape.cells().stream().map(Optional::of).toList());
        this.layers =
                loaded.list("layers", shape.layers().stream().map(Optional::of).toList());
        this.kernel = Kernel.compile(loaded.memory(), KernelSource.read("prompt", Map.of()));
    }

    /** An encoder of that shape, which takes gradients, with weights from there. */
    static PromptEncoder load(ComputeDevice device, PromptEncoderShape shape, WeightSource source) {
        return LoadedWeights.load(device, source.trainable(), loaded -> new PromptEncoder(shape, loaded));
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return loaded.bySlot();
    }

    @Override
    public List<NDArray> vectors(NDManager scope) {
        return List.of(kernel.train(scope, "forward", rows, cells, layers));
    }

    @Override
    public void close() {
        kernel.close();
        loaded.close();
    }
}
