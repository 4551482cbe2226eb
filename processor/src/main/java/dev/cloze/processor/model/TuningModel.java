package dev.cloze.processor.model;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import java.util.List;
import java.util.stream.Stream;

/** A task's tuning options; what the task leaves out is at the annotation's default. */
public record TuningModel(
        TuningMethod method,
        Written<String> backbone,
        Written<Integer> promptLength,
        Written<Double> learningRate,
        Written<Integer> batchSize,
        Written<Integer> maxSteps,
        Written<Integer> maxLength,
        Written<Boolean> freezeBackbone,
        Written<Compat> compat) {

    /** What the user wrote of the options that are declared in {@link TuningOptions}, in the order of their pages. */
    public List<Written<?>> written() {
        return Stream.<Written<?>>of(learningRate, batchSize, maxSteps, maxLength, promptLength, freezeBackbone, compat)
                .filter(Written::isWritten)
                .toList();
    }
}
