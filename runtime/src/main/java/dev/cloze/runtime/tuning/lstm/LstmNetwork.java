package dev.cloze.runtime.tuning.lstm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An LSTM on a device: rows of word ids in, scores of labels out. Many threads can use one at once. */
final class LstmNetwork implements AutoCloseable {

    private static final String FORWARD = "forward";

    private final LstmShape shape;
    private final LoadedWeights weights;
    private final TensorList list;
    private final Kernel kernel;
    private final NDArray plain;

    private LstmNetwork(LstmShape shape, LoadedWeights weights) {
        this.shape = shape;
        this.weights = weights;
        this.list = weights.list("weights", shape.slots());
        this.plain = Control.of(weights.memory(), 0, 0);
        this.kernel = Kernel.compile(weights.memory(), shape.kernel());
    }

    /** A network with weights from there, one for each slot of the shape. */
    static LstmNetwork load(LstmShape shape, ComputeDevice device, WeightSource source) {
        return LoadedWeights.load(device, source, loaded -> new LstmNetwork(shape, loaded));
    }

    /** The same with copies of those weights. */
    LstmNetwork with(Map<WeightSlot, NDArray> other) {
        return load(shape, weights.device(), WeightSource.copiesOf(other));
    }

    LstmShape shape() {
        return shape;
    }

    NDManager memory() {
        return weights.memory();
    }

    /** The live arrays by slot. */
    Map<WeightSlot, NDArray> weights() {
        return weights.bySlot();
    }

    Map<String, Tensor> tensors() {
        return weights.tensors();
    }

    /** The scores of each row's labels; rows of like length are computed together. */
    float[][] scores(List<int[]> rows) {
        float[][] scores = new float[rows.size()][];
        int[] lengths = rows.stream().mapToInt(row -> row.length).toArray();
        for (int[] bucket : LengthBuckets.ofLengths(lengths, weights.device(), shape.hidden())) {
            WordBatch batch =
                    WordBatch.of(Arrays.stream(bucket).mapToObj(rows::get).toList());
            float[] flat;
            try (NDManager scope = memory().newSubManager()) {
                flat = kernel.infer(scope, FORWARD, batch.ids(scope), batch.lengths(scope), plain, list)
                        .toFloatArray();
            }
            for (int i = 0; i < bucket.length; i++) {
                int at = i * shape.labels();
                scores[bucket[batch.order()[i]]] = Arrays.copyOfRange(flat, at, at + shape.labels());
            }
        }
        return scores;
    }

    /**
     * The same with the graph behind it, for training: (B, C) in that scope, in the order of the batch.
     *
     * @param rate of dropout, 0 to below 1
     * @param seed the same seed drops the same
     */
    NDArray train(NDManager scope, WordBatch batch, double rate, long seed) {
        NDArray control = Control.of(scope, rate, seed);
        return kernel.train(scope, FORWARD, batch.ids(scope), batch.lengths(scope), control, list);
    }

    @Override
    public void close() {
        kernel.close();
        weights.close();
    }
}
