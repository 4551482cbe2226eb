package dev.cloze.runtime.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.training.TrainableModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Prompt-based fine-tuning: all weights of the language model are tuned, with cross-entropy over the label words at the
 * mask (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 3).
 *
 * <p>It keeps what pretraining taught the masked-LM head, where classic fine-tuning starts a new head from nothing; so
 * prefer it when labelled examples are few.
 */
public final class PromptFineTuning implements TrainableModel {

    /** Seeds travel as doubles, which hold whole numbers up to here. */
    private static final long SEEDS = 1L << 50;

    private final Backbone backbone;
    private final TunedWeights weights;
    private final Kernel kernel;
    private final List<LabelProjection> projections;
    private final List<NDArray> matrices = new ArrayList<>();
    private final TrainingExamples examples;
    private final ToDoubleFunction<Backbone> devScore;

    /**
     * @param source the pretrained weights, which stay as they are
     * @param devScore how good an backbone is on the development set
     */
    public PromptFineTuning(
            Backbone source,
            List<LabelProjection> projections,
            TrainingExamples examples,
            TrainingOptions options,
            ToDoubleFunction<Backbone> devScore) {
        this.backbone = source.trainableCopy();
        NDManager memory = backbone.memory();
        this.kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()));
        this.weights = new TunedWeights(backbone, kernel, options);
        this.projections = projections;
        projections.forEach(projection -> matrices.add(memory.create(projection.weights())));
        this.examples = examples;
        this.devScore = devScore;
    }

    /** The peak learning rate where nobody sets one: LM-BFF's for large models, higher for smaller ones, which need it. */
    public static double learningRate(int hiddenSize) {
        if (hiddenSize >= 1024) {
            return 1e-5;
        }
        return hiddenSize >= 512 ? 2e-5 : hiddenSize >= 256 ? 1e-4 : 3e-4;
    }

    @Override
    public double accumulate(int[] batch, double scale, long dropoutSeed) {
        List<TokenRow> rows =
                Arrays.stream(batch).mapToObj(examples.rows().get(0)::get).toList();
        double loss = 0;
        long seed = Math.floorMod(dropoutSeed, SEEDS);
        for (int[] bucket : LengthBuckets.of(rows, backbone.shape().hiddenSize())) {
            int[] members = Arrays.stream(bucket).map(i -> batch[i]).toArray();
            double share = members.length / (double) batch.length;
            loss += backward(members, share, scale, seed) / scale;
            seed += 1L << 16;
        }
        return loss;
    }

    /** The bucket's share of the batch's loss, times the scale. */
    private double backward(int[] members, double share, double scale, long seed) {
        try (NDManager scope = backbone.memory().newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray scores = labelScores(scope, members, seed);
            NDArray labels = scope.create(
                    Arrays.stream(members).mapToLong(i -> examples.labels()[i]).toArray());
            NDArray loss = kernel.train(scope, "loss", scores, labels, Control.of(scope, share * scale));
            gradients.backward(loss);
            return loss.getFloat();
        }
    }

    private NDArray labelScores(NDManager scope, int[] members, long seed) {
        double hidden = backbone.shape().hiddenDropout();
        double attention = backbone.shape().attentionDropout();
        NDArray sum = scope.zeros(new Shape(members.length, 1));
        for (int p = 0; p < projections.size(); p++) {
            LabelProjection projection = projections.get(p);
            List<TokenRow> rows =
                    Arrays.stream(members).mapToObj(examples.rows().get(p)::get).toList();
            NDArray said = backbone.logits(
                    scope,
                    rows,
                    projection.tokens(),
                    projection.normalised(),
                    new Dropout(hidden, attention, seed + (p << 12)),
                    Injection.NONE);
            NDArray scores = kernel.train(scope, "project", said, matrices.get(p));
            sum = p == 0 ? scores : sum.add(scores);
        }
        return sum;
    }

    @Override
    public double gradientNorm() {
        return weights.gradientNorm();
    }

    @Override
    public void update(double learningRate, double gradientFactor) {
        weights.step(learningRate, gradientFactor);
    }

    @Override
    public double devScore() {
        return devScore.applyAsDouble(backbone);
    }

    @Override
    public void keepBest() {
        weights.keepBest();
    }

    @Override
    public void restoreBest() {
        weights.restoreBest();
    }

    @Override
    public void writeState(Path folder) throws IOException {
        weights.write(folder);
    }

    @Override
    public void readState(Path folder) throws IOException {
        weights.read(folder);
    }

    /** How many native arrays it holds, for leak tests. */
    int managedArrays() {
        return backbone.memory().getManagedArrays().size() + weights.managedArrays();
    }

    /** The present weights, without gradients, in memory of their own; the caller closes it. */
    public Backbone tuned() {
        return weights.frozen();
    }

    @Override
    public void close() {
        weights.close();
        kernel.close();
        backbone.close();
    }
}
