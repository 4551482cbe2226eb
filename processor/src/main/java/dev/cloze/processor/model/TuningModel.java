package dev.cloze.processor.model;

import dev.cloze.annotations.Compat;

/** A task's tuning options; what the task leaves out is at the annotation's default. */
public record TuningModel(
        MethodTraits method,
        Option<String> backbone,
        Option<Integer> promptLength,
        Option<Double> learningRate,
        Option<Integer> batchSize,
        Option<Integer> maxSteps,
        Option<Integer> maxLength,
        Option<Boolean> freezeBackbone,
        Compat compat) {}
