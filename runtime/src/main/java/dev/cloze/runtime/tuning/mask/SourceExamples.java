package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.TaskExamples;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One task's labelled examples in a training of several tasks: asked at its mask, by its own words. */
public final class SourceExamples implements TaskExamples {

    private final LanguageModel model;
    private final CompiledTask compiled;
    private final MaskExamples train;
    private final MaskExamples dev;
    private final EncodedInputs texts;

    private SourceExamples(LanguageModel model, CompiledTask compiled, MaskExamples train, MaskExamples dev) {
        this.model = model;
        this.compiled = compiled;
        this.train = train;
        this.dev = dev;
        this.texts = new EncodedInputs(compiled, train.inputs());
    }

    /** Those of a task; {@code INPUT_TOO_LONG} where one has no room for the masks of the longest word. */
    public static SourceExamples of(
            LanguageModel model, CompiledTask compiled, LabeledValues train, LabeledValues dev, LabelLoss loss) {
        SourceExamples examples = new SourceExamples(
                model, compiled, MaskExamples.of(train, loss), MaskExamples.of(dev, LabelLoss.CROSS_ENTROPY));
        if (compiled.verbalizer().masks() > 1) {
            LabelTuning.encodeAll(model, compiled, examples.texts, loss);
        }
        new EncodedInputs(compiled, dev.inputs())
                .requireRoom(compiled.verbalizer().masks());
        return examples;
    }

    @Override
    public int size() {
        return train.inputs().size();
    }

    @Override
    public double cutShare() {
        return texts.cutShare();
    }

    /** The hash of those to learn from. */
    public String dataHash() {
        return train.targets().hash(texts.apply(1));
    }

    @Override
    public Map<String, String> identity() {
        String devHash = dev.targets().hash(compiled.encode(dev.inputs(), 1));
        return LabelTuning.identity(model, compiled, dataHash(), devHash, Map.of());
    }

    /** The loss over the labels. */
    @Override
    public Objective.Plan objective() {
        return LabelObjective.by(scores()::of, train.targets());
    }

    /** See {@link TaughtObjective}. */
    @Override
    public Objective.Plan objective(Backbone teacher, double weight) {
        return TaughtObjective.by(teacher, scores(), ExampleTexts.fixed(texts), train.targets(), weight);
    }

    private LabelScores.Plan scores() {
        return LabelScores.of(
                model, compiled, ExampleTexts.fixed(texts), train.targets().loss());
    }

    /** The accuracy. */
    @Override
    public ToDoubleFunction<Backbone> devScore() {
        return backbone ->
                dev.targets().score(MaskAnswers.uncalibrated(compiled, backbone).answer(dev.inputs()));
    }
}
