package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import java.util.List;
import java.util.Map;

/** What a verbalizer trains beside what its method does, and what is made small with both. */
interface VerbalizerTraining extends AutoCloseable {

    /**
     * That of the kind that the options name.
     *
     * @param examples what is asked in training
     * @param support inputs by which words are judged, see {@link WordWeights}
     */
    static VerbalizerTraining of(
            LanguageModel model,
            CompiledTask task,
            TrainingOptions options,
            MaskExamples train,
            ExampleTexts examples,
            List<Map<String, String>> support) {
        VerbalizerKind kind = options.get(VerbalizerOptions.KIND);
        VerbalizerFit.require(task, kind, options);
        return switch (kind) {
            case WORDS -> new PlainWords(model, task);
            case SOFT -> LabelVectors.of(model, task, options);
            case PROTOTYPES -> new PrototypeTraining(model, task, options, train, examples);
            case KNOWLEDGEABLE -> WordWeights.of(model, task, options, support);
        };
    }

    /** The most masks that a text is asked for at once. */
    int masks();

    /** What is trained with the method's own weights; none where the kind trains nothing with them. */
    List<WeightGroup> groups();

    /** The loss. */
    Objective.Plan objective(ExampleTexts texts, MaskTargets targets);

    /** How labels are scored now, without calibration. */
    Verbalization present();

    /** How they are scored when training has ended with this backbone. */
    Verbalization finished(InputEncoding encoding, Backbone tuned);

    @Override
    void close();

    /** Words, of which nothing is trained. */
    record PlainWords(LanguageModel model, CompiledTask task) implements VerbalizerTraining {

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

        @Override
        public Verbalization present() {
            return WordVerbalization.plain(task);
        }

        @Override
        public Verbalization finished(InputEncoding encoding, Backbone tuned) {
            return WordVerbalization.calibrated(task, encoding, tuned);
        }

        @Override
        public void close() {}
    }
}
