package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.loop.ExampleHash;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.Map;

/** Labelled examples as one of several trainings needs them: encoded, with what to make small and what to say of them. */
public final class MaskTraining {

    private final LanguageModel model;
    private final CompiledTask compiled;
    private final LabeledValues dev;
    private final EncodedInputs texts;
    private final int[] labels;
    private final LabelLoss loss;
    private final Map<String, String> identity;

    /**
     * Encodes the examples, which tells now what has no room.
     *
     * @param dev other examples, or none
     */
    public MaskTraining(
            LanguageModel model, CompiledTask compiled, LabeledValues train, LabeledValues dev, LabelLoss loss) {
        this.model = model;
        this.compiled = compiled;
        this.dev = dev;
        this.texts = new EncodedInputs(compiled, train.inputs());
        this.labels = train.labels();
        this.loss = loss;
        String dataHash = ExampleHash.of(texts.apply(1), labels);
        LabelTuning.encodeAll(model, compiled, texts, loss);
        // What has no room at the longest word's masks is told now, not by the first evaluation.
        compiled.encode(dev.inputs(), compiled.verbalizer().masks());
        String devHash = ExampleHash.of(compiled.encode(dev.inputs(), 1), dev.labels());
        this.identity = LabelTuning.identity(model, compiled, dataHash, devHash, Map.of());
    }

    /** The loss over the labels by their words at the mask. */
    public Objective.Plan objective() {
        return LabelTuning.objective(model, compiled, ExampleTexts.fixed(texts), new LabelTargets(labels, loss));
    }

    /** How accurate a backbone is on the development examples, 0 to 1. */
    public double devAccuracy(Backbone backbone) {
        return dev.accuracy(MaskAnswers.uncalibrated(compiled, backbone));
    }

    /** What the loop is told. */
    public TrainingTask data() {
        return new TrainingTask(labels.length, texts.cutShare(), identity);
    }

    /** What the trained weights depend on, beside the options. */
    public Map<String, String> identity() {
        return identity;
    }
}
