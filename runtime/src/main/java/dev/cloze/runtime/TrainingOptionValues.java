package dev.cloze.runtime;

import dev.cloze.annotations.Compat;
import dev.cloze.runtime.TrainingOptions.Schedule;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link TrainingOptions} holds, with the defaults; a copy may be changed until an instance holds it. */
final class TrainingOptionValues implements Cloneable {

    double learningRate;
    int batchSize = 8;
    int accumulation = 1;
    int maxSteps = 1000;
    int warmupSteps;
    Schedule schedule = Schedule.LINEAR;
    double weightDecay;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double clipNorm = 1;
    int evaluateEvery = 100;
    int patience;
    long seed = 42;

    @Nullable
    Path checkpointFolder;

    int checkpointEvery = 100;
    Compat compat = Compat.PAPER;

    TrainingOptionValues copy() {
        try {
            return (TrainingOptionValues) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** All but where and how often checkpoints are written, which changes no weight. */
    Map<String, String> asMap() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("learningRate", Double.toString(learningRate));
        values.put("batchSize", Integer.toString(batchSize));
        values.put("accumulation", Integer.toString(accumulation));
        values.put("maxSteps", Integer.toString(maxSteps));
        values.put("warmupSteps", Integer.toString(warmupSteps));
        values.put("schedule", schedule.name());
        values.put("weightDecay", Double.toString(weightDecay));
        values.put("beta1", Double.toString(beta1));
        values.put("beta2", Double.toString(beta2));
        values.put("epsilon", Double.toString(epsilon));
        values.put("clipNorm", Double.toString(clipNorm));
        values.put("evaluateEvery", Integer.toString(evaluateEvery));
        values.put("patience", Integer.toString(patience));
        values.put("seed", Long.toString(seed));
        values.put("compat", compat.name());
        return values;
    }
}
