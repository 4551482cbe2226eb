package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.TrainingOptions.Schedule;

/**
 * The learning rate of each step, equal to that of Hugging Face's {@code get_linear_schedule_with_warmup},
 * {@code get_constant_schedule_with_warmup} and {@code get_cosine_schedule_with_warmup}.
 *
 * <p>As there, the first step is made at the schedule's zeroth value: with a warm-up its learning rate is 0, and without
 * one it is the peak.
 *
 * @param schedule what happens after the warm-up
 * @param peak the highest learning rate
 * @param warmup steps of the warm-up
 * @param total the steps after which {@code LINEAR} and {@code COSINE} are at zero
 */
record LearningRateSchedule(Schedule schedule, double peak, int warmup, int total) {

    /** The schedule that these options ask for. */
    public static LearningRateSchedule of(TrainingOptions options) {
        return new LearningRateSchedule(
                options.schedule(), options.learningRate(), options.warmupSteps(), options.maxSteps());
    }

    /** The learning rate of the step of this number, from 1. */
    public double at(int step) {
        return peak * factor(step - 1);
    }

    private double factor(int stepsDone) {
        if (stepsDone < warmup) {
            return (double) stepsDone / Math.max(1, warmup);
        }
        double left = Math.max(1, total - warmup);
        return switch (schedule) {
            case CONSTANT -> 1;
            case LINEAR -> Math.max(0, (total - stepsDone) / left);
            case COSINE -> Math.max(0, 0.5 * (1 + Math.cos(Math.PI * ((stepsDone - warmup) / left))));
        };
    }
}
