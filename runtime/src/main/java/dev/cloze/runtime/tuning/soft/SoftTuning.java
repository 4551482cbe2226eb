package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.MicroBatch;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.TunedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The tuning of vectors that are put into a backbone, whatever the loss. Where the backbone stays as it is there is no copy of
 * it, and neither gradients nor optimizer state of its weights.
 */
public final class SoftTuning implements BackboneTraining {

    private final SoftParts parts;
    private final NDManager memory;
    private final Kernel kernel;
    private final StepVectors step;
    private final SoftBackbone trained;
    private final TunedWeights weights;
    private final Objective objective;
    private final ToDoubleFunction<Backbone> devScore;

    /**
     * Trains these parts, and takes over the prompt and, where it is trained too, the backbone, also where this fails.
     *
     * @param devScore how good a backbone is on the development set
     */
    public SoftTuning(SoftParts parts, Objective.Plan objective, ToDoubleFunction<Backbone> devScore) {
        this.parts = parts;
        this.devScore = devScore;
        this.memory = NativeMemory.open(parts.base().device());
        try {
            this.kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()));
            this.step = new StepVectors(parts.prompt(), parts.form(), memory, kernel);
            this.trained = SoftBackbone.of(parts.base(), parts.form(), step);
            this.weights = new TunedWeights(memory, parts.groups(), kernel);
            this.objective = objective.of(trained, kernel);
        } catch (RuntimeException | Error e) {
            memory.close();
            closeParts();
            throw e;
        }
    }

    @Override
    public double weight(int[] examples) {
        return objective.weight(examples);
    }

    @Override
    public void begin(long microBatch) {
        objective.begin(microBatch);
    }

    @Override
    public double accumulate(int[] batch, double scale, long dropoutSeed) {
        return new MicroBatch(objective, memory, rates()).accumulate(batch, scale, dropoutSeed);
    }

    private Dropout rates() {
        BackboneShape shape = parts.base().shape();
        return parts.dropout() ? new Dropout(shape.hiddenDropout(), shape.attentionDropout(), 0) : Dropout.NONE;
    }

    @Override
    public double gradientNorm() {
        step.pull();
        return weights.gradientNorm();
    }

    @Override
    public void update(double learningRate, double gradientFactor) {
        step.pull();
        weights.step(learningRate, gradientFactor);
    }

    @Override
    public TunedWeights weights() {
        return weights;
    }

    @Override
    public double devScore() {
        try {
            return devScore.applyAsDouble(trained);
        } finally {
            step.drop();
        }
    }

    @Override
    public void restoreBest() {
        step.drop();
        weights.restoreBest();
    }

    @Override
    public void readState(Path folder) throws IOException {
        step.drop();
        weights.read(folder);
    }

    @Override
    public SoftBackbone tuned() {
        try (NDManager scope = memory.newSubManager()) {
            WeightSource vectors = vectors(scope);
            return parts.joint()
                    ? SoftBackbone.owning(tuned(parts.base()::withWeights), parts.form(), vectors)
                    : SoftBackbone.over(parts.base(), parts.form(), vectors);
        }
    }

    @Override
    public <T> T tuned(Function<Map<WeightSlot, NDArray>, T> make) {
        return weights.frozen(make);
    }

    /** Copies of what the present weights come to, by name: slots are made anew each time they are asked for. */
    private WeightSource vectors(NDManager scope) {
        Map<String, NDArray> byName = new HashMap<>();
        List<NDArray> vectors = parts.prompt().vectors(scope);
        for (int i = 0; i < vectors.size(); i++) {
            byName.put(parts.form().slots().get(i).parts().get(0), vectors.get(i));
        }
        return (owner, slot) -> {
            String name = slot.parts().get(0);
            NDArray copy = Objects.requireNonNull(byName.get(name), name).duplicate();
            copy.attach(owner);
            return copy;
        };
    }

    /** How many native arrays it holds, for leak tests. */
    int managedArrays() {
        return memory.getManagedArrays().size() + weights.managedArrays();
    }

    private void closeParts() {
        parts.prompt().close();
        if (parts.joint()) {
            parts.base().close();
        }
    }

    @Override
    public void close() {
        step.drop();
        weights.close();
        kernel.close();
        memory.close();
        closeParts();
    }
}
