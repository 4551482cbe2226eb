package dev.cloze.runtime.tuning.plan;

import dev.cloze.annotations.Calibration;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.WordTask;
import java.util.Map;
import java.util.TreeMap;

/** What a whole training with a task's first template is made of, by which a step that is done is known again. */
public final class TrainingInputs {

    private TrainingInputs() {}

    /**
     * Of a training.
     *
     * @param options in force, but for what the method chooses, which follows from the method and the model
     */
    public static Map<String, String> of(
            LabelTask task, TrainingOptions options, LabeledValues train, LabeledValues dev) {
        Map<String, String> inputs = of(task);
        inputs.putAll(options.values());
        inputs.put("training data", hash(train));
        inputs.put("development data", hash(dev));
        return inputs;
    }

    /** Of a training on a scale. */
    public static Map<String, String> of(ScaleTask task, TrainingOptions options, RatedValues train, RatedValues dev) {
        Map<String, String> inputs = of(task.poles());
        inputs.put("scale", task.scale().range());
        inputs.putAll(options.values());
        inputs.put("training data", hash(train));
        inputs.put("development data", hash(dev));
        return inputs;
    }

    /** Of a training for words. */
    public static Map<String, String> of(
            WordTask task, TrainingOptions options, AnsweredValues train, AnsweredValues dev) {
        Map<String, String> inputs = of(task.labels());
        inputs.put("candidates", task.labels().labels().toString());
        inputs.putAll(options.values());
        inputs.put("training data", hash(train));
        inputs.put("development data", hash(dev));
        return inputs;
    }

    /** Of what is asked with the task's first template, without examples. */
    public static Map<String, String> of(LabelTask task) {
        Map<String, String> inputs = new TreeMap<>();
        inputs.put("task", task.name());
        inputs.put("method", task.tuning().method().name());
        inputs.put("compat", task.tuning().compat().name());
        inputs.put("maxLength", Integer.toString(task.tuning().maxLength()));
        inputs.put("multiTokenWords", task.multiTokenWords().name());
        inputs.put("template", task.templates().get(0).text());
        inputs.put("words", task.templates().get(0).words().toString());
        if (task.calibration() != Calibration.NONE) {
            inputs.put("calibration", task.calibration().name());
        }
        ComputePrecision precision = ComputePrecision.of(task.tuning().precision());
        if (precision != ComputePrecision.FLOAT32) {
            inputs.put("precision", precision.toString());
        }
        putModel(inputs, "backbone", task.tuning().backbone());
        return inputs;
    }

    /** Adds what a model is, without loading it. */
    public static void putModel(Map<String, String> inputs, String role, String model) {
        ModelFolder folder = ModelResolver.standard().resolve(model);
        inputs.put(role, folder.weightsHash());
        inputs.put(role + "'s tokenizer", folder.tokenizerHash());
    }

    /** The SHA-256 of examples as the task reads them. */
    public static String hash(LabeledValues examples) {
        DataHash hash = new DataHash();
        for (int i = 0; i < examples.size(); i++) {
            hash.add(examples.labels()[i]);
            add(hash, examples.inputs().get(i));
        }
        return hash.hex();
    }

    private static String hash(AnsweredValues examples) {
        DataHash hash = new DataHash();
        for (int i = 0; i < examples.answers().size(); i++) {
            hash.add(examples.answers().get(i));
            add(hash, examples.inputs().get(i));
        }
        return hash.hex();
    }

    private static String hash(RatedValues examples) {
        DataHash hash = new DataHash();
        for (int i = 0; i < examples.size(); i++) {
            hash.add(Double.toString(examples.values()[i]));
            add(hash, examples.inputs().get(i));
        }
        return hash.hex();
    }

    private static void add(DataHash hash, Map<String, String> input) {
        hash.add(input.size());
        new TreeMap<>(input).forEach((path, text) -> {
            hash.add(path);
            hash.add(text);
        });
    }
}
