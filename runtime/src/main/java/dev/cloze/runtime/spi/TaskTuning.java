package dev.cloze.runtime.spi;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;

/**
 * The values of a task's {@link Tuning} annotation; 0 means that the method chooses.
 *
 * @param method the tuning method
 * @param backbone the model's name
 * @param learningRate peak learning rate, or 0
 * @param batchSize examples in one optimiser step, or 0
 * @param maxSteps optimiser steps, or 0
 * @param maxLength tokens of an encoded input at most, or 0
 * @param compat paper or reference code
 */
public record TaskTuning(
        TuningMethod method,
        String backbone,
        double learningRate,
        int batchSize,
        int maxSteps,
        int maxLength,
        Compat compat) {

    /** What a task without {@link Tuning} has. */
    public static TaskTuning defaults() {
        return of(TuningMethod.PROMPT_FINE_TUNING);
    }

    /** A method, the default backbone ({@link DefaultBackbone}), the rest left to the method. */
    public static TaskTuning of(TuningMethod method) {
        return of(method, DefaultBackbone.name());
    }

    /** A method and a backbone, the rest left to the method. */
    public static TaskTuning of(TuningMethod method, String backbone) {
        return new TaskTuning(method, backbone, 0, 0, 0, 0, Compat.PAPER);
    }

    /** The same with this peak learning rate. */
    public TaskTuning withLearningRate(double value) {
        return new TaskTuning(method, backbone, value, batchSize, maxSteps, maxLength, compat);
    }

    /** The same with this many examples in one optimiser step. */
    public TaskTuning withBatchSize(int value) {
        return new TaskTuning(method, backbone, learningRate, value, maxSteps, maxLength, compat);
    }

    /** The same with this many optimiser steps. */
    public TaskTuning withMaxSteps(int value) {
        return new TaskTuning(method, backbone, learningRate, batchSize, value, maxLength, compat);
    }

    /** The same with inputs of at most this many tokens. */
    public TaskTuning withMaxLength(int value) {
        return new TaskTuning(method, backbone, learningRate, batchSize, maxSteps, value, compat);
    }

    /** The same, following the paper or the reference code. */
    public TaskTuning withCompat(Compat value) {
        return new TaskTuning(method, backbone, learningRate, batchSize, maxSteps, maxLength, value);
    }
}
