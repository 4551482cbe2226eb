package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.labels.PrototypeLearning;
import dev.cloze.runtime.tuning.labels.Prototypes;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Prototypes of labels, see {@link PrototypeVerbalization}: the model is tuned by its words, and when that has ended prototypes are
 * learnt from its states at the masks of the examples, as in the authors' code.
 */
record PrototypeTraining(
        LanguageModel model, CompiledTask task, TrainingOptions options, MaskExamples train, ExampleTexts examples)
        implements VerbalizerTraining {

    /** The authors'. */
    private static final double RATE = 1e-3;

    private static final int STEPS_IN_CODE = 5;

    /** The states of small models move little in so few steps. */
    private static final int STEPS = 200;

    @Override
    public int masks() {
        return task.verbalizer().masks();
    }

    @Override
    public List<WeightGroup> groups() {
        return List.of();
    }

    @Override
    public Objective.Plan objective(ExampleTexts texts, MaskTargets targets) {
        return LabelTuning.objective(model, task, texts, targets);
    }

    /** While the model is trained there are none yet. */
    @Override
    public Verbalization present() {
        return WordVerbalization.plain(task);
    }

    @Override
    public Verbalization finished(InputEncoding encoding, Backbone tuned) {
        if (!(train.targets() instanceof LabelTargets targets)) {
            throw new IllegalStateException("prototypes are learnt of labels alone");
        }
        int[] labels = targets.labels();
        int[] all = IntStream.range(0, labels.length).toArray();
        ExampleTexts drawn = examples.drawn(all, options.seed());
        List<EncodedText> texts =
                Arrays.stream(all).mapToObj(i -> drawn.of(i, 1)).toList();
        float[][] states = MaskVectors.of(tuned, texts, StatePooling.MASKS);
        int count = task.task().labels().size();
        Prototypes learnt = learning().learn(states, labels, count, tuned.device());
        boolean withWords = options.get(VerbalizerOptions.WITH_WORDS);
        return new PrototypeVerbalization(
                SavedVerbalizer.names(task),
                learnt,
                withWords ? Optional.of(WordVerbalization.plain(task)) : Optional.empty());
    }

    private PrototypeLearning learning() {
        int usual = options.compat() == Compat.REFERENCE ? STEPS_IN_CODE : STEPS;
        return new PrototypeLearning(
                options.get(VerbalizerOptions.PROTOTYPE_SIZE),
                options.isSet(VerbalizerOptions.PROTOTYPE_STEPS)
                        ? options.get(VerbalizerOptions.PROTOTYPE_STEPS)
                        : usual,
                VerbalizerRates.of(options, RATE),
                options.compat(),
                options.seed());
    }

    @Override
    public void close() {}
}
