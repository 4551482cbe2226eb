package dev.cloze.runtime.tuning.lstm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.tuning.loop.TunedWeights;
import dev.cloze.runtime.tuning.loop.WeightTraining;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** An LSTM under training, with the mean cross-entropy of its labels. */
final class LstmTraining implements WeightTraining {

    /** Seeds travel as doubles, which hold whole numbers up to here. */
    private static final long SEEDS = 1L << 50;

    private final LstmNetwork network;
    private final List<int[]> rows;
    private final int[] labels;
    private final double dropout;
    private final Kernel kernel;
    private final TunedWeights weights;
    private final ToDoubleFunction<LstmNetwork> devScore;

    /**
     * @param network takes gradients; it is closed with this
     * @param rows the word ids of each example
     * @param labels the index of each one's label
     */
    LstmTraining(
            LstmNetwork network,
            List<int[]> rows,
            int[] labels,
            double dropout,
            TrainingOptions options,
            ToDoubleFunction<LstmNetwork> devScore) {
        this.network = network;
        this.rows = List.copyOf(rows);
        this.labels = labels.clone();
        this.dropout = dropout;
        this.devScore = devScore;
        try {
            this.kernel = Kernel.compile(network.memory(), KernelSource.read("tuning", Map.of()));
            this.weights = new TunedWeights(network.memory(), network.weights(), kernel, options);
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    @Override
    public double accumulate(int[] examples, double scale, long dropoutSeed) {
        WordBatch batch =
                WordBatch.of(Arrays.stream(examples).mapToObj(rows::get).toList());
        long[] right = Arrays.stream(batch.order())
                .mapToLong(place -> labels[examples[place]])
                .toArray();
        try (NDManager scope = network.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray scores = network.train(scope, batch, dropout, Math.floorMod(dropoutSeed, SEEDS));
            NDArray loss = kernel.train(scope, "loss", scores, scope.create(right), Control.of(scope, scale));
            gradients.backward(loss);
            return loss.getFloat() / scale;
        }
    }

    @Override
    public TunedWeights weights() {
        return weights;
    }

    @Override
    public double devScore() {
        return devScore.applyAsDouble(network);
    }

    /** The present weights, without gradients, in memory of their own; the caller closes it. */
    LstmNetwork tuned() {
        return weights.frozen(network::with);
    }

    /** The live arrays by slot. */
    Map<WeightSlot, NDArray> arrays() {
        return network.weights();
    }

    /** How many native arrays it holds, for leak tests. */
    int managedArrays() {
        return network.memory().getManagedArrays().size() + weights.managedArrays();
    }

    @Override
    public void close() {
        weights.close();
        kernel.close();
        network.close();
    }
}
