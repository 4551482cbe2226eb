package dev.cloze.runtime;

import dev.cloze.annotations.Compat;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained: an unchangeable value that starts at {@link #defaults()} and is varied with the
 * {@code withX} methods.
 *
 * <p>The defaults are those of prompt-based fine-tuning (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 3): 1,000
 * steps of 8 examples, AdamW without weight decay, a learning rate that falls linearly to zero, gradients clipped to a
 * norm of 1, an evaluation each 100 steps of which the best is kept. The learning rate is left to the tuning method,
 * as it depends on the size of the model.
 *
 * <p>Every value is checked when it is set; one that is out of its range is a {@code TrainingOptionOutOfRange}. A limit
 * that depends on another option (warm-up on {@code maxSteps}, {@code accumulation} on {@code batchSize}) is checked
 * against its value at that moment, so set the larger one first.
 */
public final class TrainingOptions {

    /** What becomes of the learning rate after the warm-up. */
    public enum Schedule {
        /** Falls in a straight line to zero at {@code maxSteps}. */
        LINEAR,
        /** Stays. */
        CONSTANT,
        /** Falls along half a cosine wave to zero at {@code maxSteps}. */
        COSINE
    }

    private static final TrainingOptions DEFAULTS = new TrainingOptions(new TrainingOptionValues());

    /** Never changed once an instance holds them. */
    private final TrainingOptionValues is;

    private TrainingOptions(TrainingOptionValues values) {
        this.is = values;
    }

    /** The defaults, with the learning rate left to the tuning method. */
    public static TrainingOptions defaults() {
        return DEFAULTS;
    }

    /** Peak learning rate, above 0 and at most 1; 0 until somebody sets it. */
    public double learningRate() {
        return is.learningRate;
    }

    public TrainingOptions withLearningRate(double value) {
        TrainingOptionRange.aboveZeroTo("learningRate", value, 1);
        return with(to -> to.learningRate = value);
    }

    /** The same with this learning rate where none is set: what a tuning method calls with its own default. */
    public TrainingOptions orLearningRate(double value) {
        return is.learningRate == 0 ? withLearningRate(value) : this;
    }

    /** Examples in one optimiser step, 1 to 1024. */
    public int batchSize() {
        return is.batchSize;
    }

    public TrainingOptions withBatchSize(int value) {
        TrainingOptionRange.between("batchSize", value, is.accumulation, 1024, "accumulation to 1024");
        return with(to -> to.batchSize = value);
    }

    /**
     * Micro-batches a step's examples are divided into, 1 to {@code batchSize}: more of them need less memory, and
     * give the same step but for rounding and for where dropout falls.
     */
    public int accumulation() {
        return is.accumulation;
    }

    public TrainingOptions withAccumulation(int value) {
        TrainingOptionRange.between("accumulation", value, 1, is.batchSize, "1 to batchSize");
        return with(to -> to.accumulation = value);
    }

    /** Optimiser steps, 1 to 1,000,000. */
    public int maxSteps() {
        return is.maxSteps;
    }

    public TrainingOptions withMaxSteps(int value) {
        int least = Math.max(1, is.warmupSteps);
        TrainingOptionRange.between("maxSteps", value, least, 1_000_000, "1, or warmupSteps, to 1,000,000");
        return with(to -> to.maxSteps = value);
    }

    /** Steps in which the learning rate rises from zero to its peak, 0 to {@code maxSteps}. */
    public int warmupSteps() {
        return is.warmupSteps;
    }

    public TrainingOptions withWarmupSteps(int value) {
        TrainingOptionRange.between("warmupSteps", value, 0, is.maxSteps, "0 to maxSteps");
        return with(to -> to.warmupSteps = value);
    }

    /** What becomes of the learning rate after the warm-up. */
    public Schedule schedule() {
        return is.schedule;
    }

    public TrainingOptions withSchedule(Schedule value) {
        return with(to -> to.schedule = value);
    }

    /** AdamW's decoupled weight decay, 0 to 1; biases and layer norms have none. */
    public double weightDecay() {
        return is.weightDecay;
    }

    public TrainingOptions withWeightDecay(double value) {
        TrainingOptionRange.between("weightDecay", value, 0, 1);
        return with(to -> to.weightDecay = value);
    }

    /** AdamW's decay of the mean gradient, 0 to below 1. */
    public double beta1() {
        return is.beta1;
    }

    public TrainingOptions withBeta1(double value) {
        TrainingOptionRange.fromZeroToBelow("beta1", value, 1);
        return with(to -> to.beta1 = value);
    }

    /** AdamW's decay of the mean squared gradient, 0 to below 1. */
    public double beta2() {
        return is.beta2;
    }

    public TrainingOptions withBeta2(double value) {
        TrainingOptionRange.fromZeroToBelow("beta2", value, 1);
        return with(to -> to.beta2 = value);
    }

    /** AdamW's epsilon, above 0 and at most 1. */
    public double epsilon() {
        return is.epsilon;
    }

    public TrainingOptions withEpsilon(double value) {
        TrainingOptionRange.aboveZeroTo("epsilon", value, 1);
        return with(to -> to.epsilon = value);
    }

    /** The L2 norm that all gradients together are shortened to, 0 to 1,000,000; 0 leaves them as they are. */
    public double clipNorm() {
        return is.clipNorm;
    }

    public TrainingOptions withClipNorm(double value) {
        TrainingOptionRange.between("clipNorm", value, 0, 1e6);
        return with(to -> to.clipNorm = value);
    }

    /**
     * Steps between two evaluations on the development set, 0 to 1,000,000; there is one more at the end. 0 makes none,
     * and the last weights are the result.
     */
    public int evaluateEvery() {
        return is.evaluateEvery;
    }

    public TrainingOptions withEvaluateEvery(int value) {
        TrainingOptionRange.between("evaluateEvery", value, 0, 1_000_000, "0 to 1,000,000");
        return with(to -> to.evaluateEvery = value);
    }

    /** Evaluations in a row without a strictly better score that end the training, 0 to 1,000,000; 0 never ends it. */
    public int patience() {
        return is.patience;
    }

    public TrainingOptions withPatience(int value) {
        TrainingOptionRange.between("patience", value, 0, 1_000_000, "0 to 1,000,000");
        return with(to -> to.patience = value);
    }

    /** What the order of examples, dropout and new weights follow from: any number. */
    public long seed() {
        return is.seed;
    }

    public TrainingOptions withSeed(long value) {
        return with(to -> to.seed = value);
    }

    /**
     * The folder checkpoints are written to, or null for none. A training that finds a checkpoint of the same options
     * and data there goes on from it.
     */
    public @Nullable Path checkpointFolder() {
        return is.checkpointFolder;
    }

    public TrainingOptions withCheckpointFolder(@Nullable Path value) {
        return with(to -> to.checkpointFolder = value);
    }

    /** Steps between two checkpoints, 1 to 1,000,000. */
    public int checkpointEvery() {
        return is.checkpointEvery;
    }

    public TrainingOptions withCheckpointEvery(int value) {
        TrainingOptionRange.between("checkpointEvery", value, 1, 1_000_000, "1 to 1,000,000");
        return with(to -> to.checkpointEvery = value);
    }

    /**
     * Whom to follow where a paper and its code differ; here, {@link Compat#REFERENCE} makes {@code maxSteps} + 1
     * updates as PET's code does (the last of them at the learning rate the schedule has reached: zero, if linear).
     */
    public Compat compat() {
        return is.compat;
    }

    public TrainingOptions withCompat(Compat value) {
        return with(to -> to.compat = value);
    }

    /** Every option that the trained weights depend on, by name, in a fixed order; two equal maps train alike. */
    public Map<String, String> values() {
        return is.asMap();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrainingOptions that
                && values().equals(that.values())
                && is.checkpointEvery == that.is.checkpointEvery
                && Objects.equals(is.checkpointFolder, that.is.checkpointFolder);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values(), is.checkpointEvery, is.checkpointFolder);
    }

    @Override
    public String toString() {
        return "TrainingOptions" + values();
    }

    private TrainingOptions with(Consumer<TrainingOptionValues> change) {
        TrainingOptionValues copy = is.copy();
        change.accept(copy);
        return new TrainingOptions(copy);
    }
}
