package dev.cloze.runtime.tuning.ptuning;

import dev.cloze.annotations.PTuning.Encoder;
import dev.cloze.annotations.option.PTuningOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.LabelRate;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.soft.DirectPrompt;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftPrompt;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import dev.cloze.runtime.tuning.soft.StartVectors;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What P-tuning trains of a task on a model, and how fast. */
record PromptPlan(LanguageModel model, ModelTemplate template, TrainingOptions options)
        implements BackboneTraining.Plan {

    private static final double NETWORK_RATE = 1e-3;

    /** How much faster than a model that is tuned with it the prompt is, as in the authors' SuperGLUE code. */
    private static final double FASTER = 10;

    /** The options with learning rates, the method's own where nobody set them. */
    static TrainingOptions rated(TrainingOptions written, LanguageModel model) {
        if (written.learningRate() > 0) {
            return written;
        }
        if (written.get(PTuningOptions.ENCODER) == Encoder.NONE) {
            return written.withLearningRate(DirectPrompt.USUAL_RATE);
        }
        boolean frozen = written.get(TuningOptions.FREEZE_BACKBONE);
        return written.withLearningRate(frozen ? NETWORK_RATE : FASTER * backboneRate(written, model));
    }

    private static double backboneRate(TrainingOptions options, LanguageModel model) {
        return options.isSet(PTuningOptions.BACKBONE_LEARNING_RATE)
                ? options.get(PTuningOptions.BACKBONE_LEARNING_RATE)
                : LabelRate.of(model.backbone().shape().hiddenSize());
    }

    /** The virtual tokens of the template. */
    static VirtualTokens form(LanguageModel model, ModelTemplate template) {
        return new VirtualTokens(
                template.virtualTokens(), model.backbone().shape().embeddingSize());
    }

    @Override
    public BackboneTraining of(
            Objective.Plan objective,
            TrainingOptions same,
            ToDoubleFunction<Backbone> devScore,
            List<WeightGroup> more) {
        VirtualTokens form = form(model, template);
        SoftPrompt prompt = prompt(form);
        if (options.get(TuningOptions.FREEZE_BACKBONE)) {
            return new SoftTuning(
                    SoftParts.frozen(model.backbone(), prompt, form, options).with(more), objective, devScore);
        }
        double rate = backboneRate(options, model) / options.learningRate();
        return new SoftTuning(
                SoftParts.joint(model.backbone(), prompt, form, options, rate).with(more), objective, devScore);
    }

    private SoftPrompt prompt(VirtualTokens form) {
        Encoder encoder = options.get(PTuningOptions.ENCODER);
        List<float[]> start = start(form.count(), encoder);
        if (encoder == Encoder.NONE) {
            return DirectPrompt.load(
                    model.backbone().device(), form, (memory, slot) -> StartVectors.array(memory, start));
        }
        int hidden = options.isSet(PTuningOptions.HIDDEN_SIZE) ? options.get(PTuningOptions.HIDDEN_SIZE) : 0;
        PromptEncoderShape shape = PromptEncoderShape.of(encoder, form.count(), form.size(), hidden, options.compat());
        return PromptEncoder.load(model.backbone().device(), shape, new EncoderStart(shape, start, options.seed()));
    }

    /** Bare ones start as words, their own where they have some. A network's inputs are drawn, but for those with words of their own. */
    private List<float[]> start(int count, Encoder encoder) {
        StartVectors vectors = new StartVectors(model, options.seed());
        List<float[]> rows =
                new ArrayList<>(encoder == Encoder.NONE ? vectors.ofVocabulary(count) : vectors.normal(count));
        int[] tokens = template.virtualStarts();
        for (int i = 0; i < count; i++) {
            if (tokens[i] >= 0) {
                rows.set(i, vectors.ofText(new int[] {tokens[i]}, 1).get(0));
            }
        }
        return rows;
    }
}
