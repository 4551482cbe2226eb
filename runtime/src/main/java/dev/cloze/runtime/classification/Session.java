package dev.cloze.runtime.classification;

import dev.cloze.runtime.archive.Manifest.Training;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pipeline holds: the shared model, the weights tuned from it if any, and the classifier over them. */
public final class Session<I, L> implements AutoCloseable {

    private static final Training UNTRAINED = new Training(0, Map.of(), "", Map.of());

    private final LanguageModel model;
    private final CompiledTask<I, L> compiled;
    private final @Nullable Backbone tuned;
    private final Training training;
    private final Classifier<I, L> classifier;

    /**
     * Takes over the model's lease and the tuned backbone. Where weights are no numbers or calibration fails, the tuned
     * backbone is closed and the lease stays the caller's.
     */
    public Session(LanguageModel model, CompiledTask<I, L> compiled, @Nullable Backbone tuned, Training training) {
        this.model = model;
        this.compiled = compiled;
        this.tuned = tuned;
        this.training = training;
        try {
            Backbone backbone = tuned == null ? model.backbone() : tuned;
            FiniteWeights.require(backbone, model.folder().name());
            this.classifier = Classifier.of(compiled, backbone);
        } catch (RuntimeException | Error e) {
            if (tuned != null) {
                tuned.close();
            }
            throw e;
        }
    }

    /** The pretrained model as it is. */
    public static <I, L> Session<I, L> zeroShot(ClassificationTask<I, L> task) {
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            return new Session<>(model, CompiledTask.of(task, model), null, UNTRAINED);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** The shared model. */
    public LanguageModel model() {
        return model;
    }

    /** The task against that model. */
    public CompiledTask<I, L> compiled() {
        return compiled;
    }

    /** The tuned weights, or null where the model is as it was pretrained. */
    public @Nullable Backbone tuned() {
        return tuned;
    }

    /** How it was tuned; empty where it was not. */
    public Training training() {
        return training;
    }

    /** What predicts. */
    public Classifier<I, L> classifier() {
        return classifier;
    }

    @Override
    public void close() {
        if (tuned != null) {
            tuned.close();
        }
        model.close();
    }
}
