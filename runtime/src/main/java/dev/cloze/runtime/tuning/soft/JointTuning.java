package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.tuning.loop.MicroBatch;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.TunedWeights;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.loop.WeightTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The tuning of several tasks' vectors at once, made of weights some of which the tasks share, put into one backbone that stays as
 * it is. The examples are those of the first task, then those of the second, and so on. A step's loss is the mean over its examples,
 * whichever task they are of: a task's is taken once for each of its own, into however many micro-batches they come.
 */
public final class JointTuning implements WeightTraining {

    /**
     * One of the tasks.
     *
     * @param prompt gives its vectors
     * @param objective of its own examples, known by position from 0
     * @param examples how many they are
     * @param devScore how good a backbone is on its development set
     */
    public record Part(
            SoftPrompt prompt, Objective.Plan objective, int examples, ToDoubleFunction<Backbone> devScore) {}

    private record Task(
            StepVectors step,
            SoftBackbone trained,
            Objective objective,
            int first,
            int end,
            ToDoubleFunction<Backbone> devScore) {

        int[] own(int[] batch) {
            return Arrays.stream(batch)
                    .filter(i -> i >= first && i < end)
                    .map(i -> i - first)
                    .toArray();
        }
    }

    private final NDManager memory;
    private final Kernel kernel;
    private final List<Task> tasks = new ArrayList<>();
    private final TunedWeights weights;
    private int[] stepExamples = {};

    /**
     * Trains these; the backbone and the prompts stay the caller's.
     *
     * @param parts at least one
     * @param groups all that is trained
     */
    public JointTuning(Backbone shared, SoftForm form, List<Part> parts, List<WeightGroup> groups) {
        this.memory = NativeMemory.open(shared.device());
        try {
            this.kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()));
            int first = 0;
            for (Part part : parts) {
                StepVectors step = new StepVectors(part.prompt(), form, memory, kernel);
                SoftBackbone trained = SoftBackbone.of(shared, form, step);
                Objective objective = part.objective().of(trained, kernel);
                tasks.add(new Task(step, trained, objective, first, first + part.examples(), part.devScore()));
                first += part.examples();
            }
            this.weights = new TunedWeights(memory, groups, kernel);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    @Override
    public void beginStep(int[] examples, long drawingSeed) {
        stepExamples = examples.clone();
    }

    @Override
    public double weight(int[] examples) {
        return tasks.stream().mapToDouble(task -> weight(task, examples)).sum();
    }

    /** As many as the task's examples of the step are, times the share of these in its own mean. */
    private double weight(Task task, int[] examples) {
        int[] own = task.own(examples);
        if (own.length == 0) {
            return 0;
        }
        int[] all = task.own(stepExamples);
        return all.length * task.objective().weight(own) / task.objective().weight(all);
    }

    @Override
    public void begin(long microBatch) {
        tasks.forEach(task -> task.objective().begin(microBatch));
    }

    @Override
    public double accumulate(int[] batch, double scale, long dropoutSeed) {
        double loss = 0;
        double whole = weight(batch);
        for (Task task : tasks) {
            int[] own = task.own(batch);
            if (own.length > 0) {
                double share = weight(task, batch) / whole;
                MicroBatch pass = new MicroBatch(task.objective(), memory, Dropout.NONE);
                loss += share * pass.accumulate(own, scale * share, dropoutSeed);
            }
        }
        return loss;
    }

    @Override
    public TunedWeights weights() {
        return weights;
    }

    @Override
    public double gradientNorm() {
        pull();
        return weights.gradientNorm();
    }

    @Override
    public void update(double learningRate, double gradientFactor) {
        pull();
        weights.step(learningRate, gradientFactor);
    }

    private void pull() {
        tasks.forEach(task -> task.step().pull());
    }

    private void drop() {
        tasks.forEach(task -> task.step().drop());
    }

    /** The mean over the tasks. */
    @Override
    public double devScore() {
        try {
            return tasks.stream()
                    .mapToDouble(task -> task.devScore().applyAsDouble(task.trained()))
                    .average()
                    .orElseThrow();
        } finally {
            drop();
        }
    }

    @Override
    public void restoreBest() {
        drop();
        weights.restoreBest();
    }

    @Override
    public void readState(Path folder) throws IOException {
        drop();
        weights.read(folder);
    }

    /** How many native arrays it holds, for leak tests. */
    int managedArrays() {
        return memory.getManagedArrays().size() + weights.managedArrays();
    }

    @Override
    public void close() {
        drop();
        weights.close();
        kernel.close();
        memory.close();
    }
}
