package dev.cloze.runtime.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.training.TrainableModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The tuning of all weights of a backbone, whatever the loss: examples in buckets of like length, one backward pass each.
 *
 * @param <B> the backbone
 */
abstract class FullTuning<B extends Backbone> implements TrainableModel {

    /** Seeds travel as doubles, which hold whole numbers up to here. */
    private static final long SEEDS = 1L << 50;

    final B backbone;
    final Kernel kernel;
    final TunedWeights weights;
    private final ToDoubleFunction<? super B> devScore;

    /**
     * @param copy of the pretrained weights, which takes gradients; closed with this, or at once where this fails
     * @param devScore how good a backbone is on the development set
     */
    FullTuning(B copy, TrainingOptions options, ToDoubleFunction<? super B> devScore) {
        this.backbone = copy;
        this.devScore = devScore;
        try {
            this.kernel = Kernel.compile(copy.memory(), KernelSource.read("tuning", Map.of()));
            this.weights = new TunedWeights(copy, kernel, options);
        } catch (RuntimeException | Error e) {
            copy.close(); // a device's memory may be too small for the optimiser
            throw e;
        }
    }

    /** The places in this batch of the examples of each bucket. */
    abstract List<int[]> buckets(int[] batch);

    /**
     * The loss of these examples with the graph behind it, times the factor: 0-d in that scope.
     *
     * @param share of the bucket in the micro-batch's loss
     */
    abstract NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout);

    @Override
    public final double accumulate(int[] batch, double scale, long dropoutSeed) {
        double loss = 0;
        long seed = Math.floorMod(dropoutSeed, SEEDS);
        for (int[] bucket : buckets(batch)) {
            int[] members = Arrays.stream(bucket).map(i -> batch[i]).toArray();
            double share = weight(members) / weight(batch);
            loss += backward(members, share, scale, seed) / scale;
            seed += 1L << 16;
        }
        return loss;
    }

    /** The bucket's share of the batch's loss, times the scale. */
    private double backward(int[] members, double share, double scale, long seed) {
        Dropout dropout =
                new Dropout(backbone.shape().hiddenDropout(), backbone.shape().attentionDropout(), seed);
        try (NDManager scope = backbone.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray loss = loss(scope, members, share, scale, dropout);
            gradients.backward(loss);
            return loss.getFloat();
        }
    }

    @Override
    public final double gradientNorm() {
        return weights.gradientNorm();
    }

    @Override
    public final void update(double learningRate, double gradientFactor) {
        weights.step(learningRate, gradientFactor);
    }

    @Override
    public final double devScore() {
        return devScore.applyAsDouble(backbone);
    }

    @Override
    public final void keepBest() {
        weights.keepBest();
    }

    @Override
    public final void restoreBest() {
        weights.restoreBest();
    }

    @Override
    public final void writeState(Path folder) throws IOException {
        weights.write(folder);
    }

    @Override
    public final void readState(Path folder) throws IOException {
        weights.read(folder);
    }

    /** How many native arrays it holds, for leak tests. */
    final int managedArrays() {
        return backbone.memory().getManagedArrays().size() + weights.managedArrays();
    }

    @Override
    public final void close() {
        weights.close();
        kernel.close();
        backbone.close();
    }
}
