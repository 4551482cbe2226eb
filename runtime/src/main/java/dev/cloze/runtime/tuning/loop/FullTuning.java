package dev.cloze.runtime.tuning.loop;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The tuning of all weights of a backbone, whatever the loss: examples in buckets of like length, one backward pass each.
 */
public final class FullTuning implements BackboneTraining {

    private final Backbone backbone;
    private final Kernel kernel;
    private final Objective objective;
    private final TunedWeights weights;
    private final ToDoubleFunction<Backbone> devScore;
    private OptionalLong drawingSeed = OptionalLong.empty();

    /**
     * Trains a copy of a backbone.
     *
     * @param source the pretrained weights, which stay as they are
     * @param devScore how good a backbone is on the development set
     */
    public FullTuning(
            Backbone source, Objective.Plan objective, TrainingOptions options, ToDoubleFunction<Backbone> devScore) {
        this(source.trainableCopy(), Map.of(), objective, options, devScore);
    }

    /**
     * Trains a backbone and what stands on top of it.
     *
     * @param trained takes gradients; it is closed with this, or where this fails
     * @param others take gradients too, and stay the caller's
     * @param devScore how good they are on the development set
     */
    public FullTuning(
            Backbone trained,
            Map<WeightSlot, NDArray> others,
            Objective.Plan objective,
            TrainingOptions options,
            ToDoubleFunction<Backbone> devScore) {
        this(trained, others, List.of(), objective, options, devScore);
    }

    /** @param more groups that are trained too, at rates of their own; they stay the caller's */
    FullTuning(
            Backbone trained,
            Map<WeightSlot, NDArray> others,
            List<WeightGroup> more,
            Objective.Plan objective,
            TrainingOptions options,
            ToDoubleFunction<Backbone> devScore) {
        this.backbone = trained;
        this.devScore = devScore;
        try {
            Map<WeightSlot, NDArray> all = new LinkedHashMap<>(trained.weights());
            all.putAll(others);
            List<WeightGroup> groups = new ArrayList<>(List.of(WeightGroup.of(all, options)));
            groups.addAll(more);
            this.kernel = Kernel.compile(backbone.memory(), KernelSource.read("tuning", Map.of()));
            this.weights = new TunedWeights(backbone.memory(), groups, kernel);
            this.objective = objective.of(backbone, kernel);
        } catch (RuntimeException | Error e) {
            backbone.close(); // a device's memory may be too small for the optimizer
            throw e;
        }
    }

    @Override
    public double weight(int[] examples) {
        return objective.weight(examples);
    }

    @Override
    public void beginStep(int[] examples, long seed) {
        drawingSeed = OptionalLong.of(seed);
    }

    @Override
    public void begin(long microBatch) {
        objective.begin(microBatch);
    }

    @Override
    public double accumulate(int[] batch, double scale, long dropoutSeed) {
        Dropout published =
                new Dropout(backbone.shape().hiddenDropout(), backbone.shape().attentionDropout(), 0);
        return new MicroBatch(objective, backbone.memory(), published)
                .accumulate(batch, scale, dropoutSeed, drawingSeed.orElse(dropoutSeed));
    }

    @Override
    public TunedWeights weights() {
        return weights;
    }

    @Override
    public double devScore() {
        return devScore.applyAsDouble(backbone);
    }

    @Override
    public Backbone tuned() {
        return weights.frozen(backbone::withWeights);
    }

    @Override
    public <T> T tuned(Function<Map<WeightSlot, NDArray>, T> make) {
        return weights.frozen(make);
    }

    /** How many native arrays it holds, for leak tests. */
    int managedArrays() {
        return backbone.memory().getManagedArrays().size() + weights.managedArrays();
    }

    @Override
    public void close() {
        weights.close();
        kernel.close();
        backbone.close();
    }
}
