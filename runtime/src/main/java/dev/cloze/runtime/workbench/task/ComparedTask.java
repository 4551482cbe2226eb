package dev.cloze.runtime.workbench.task;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.spi.ClassificationTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A task that several methods are compared on, whatever its own is: each has of its settings what it knows. */
public final class ComparedTask {

    private static final TuningMethod COMMON = TuningMethod.PROMPT_FINE_TUNING;

    private final SpokenTask common;
    private final Map<String, String> own = new LinkedHashMap<>();
    private final List<TuningMethod> methods;

    /**
     * What is said, compared by these methods.
     *
     * @throws dev.cloze.problem.ClozeException TUNING_OPTION_NOT_APPLICABLE for a setting that none of them has,
     *     TUNING_OPTION_OUT_OF_RANGE for one that can't be read
     */
    public ComparedTask(SpokenTask said, List<TuningMethod> methods) {
        this.methods = List.copyOf(methods);
        Map<String, String> ofAll = new LinkedHashMap<>();
        said.settings()
                .forEach((name, text) ->
                        (Settings.isOfTraining(name) || Settings.isOf(COMMON, name) ? ofAll : own).put(name, text));
        this.common = new SpokenTask(
                said.templates(),
                said.labels(),
                said.model(),
                COMMON,
                said.multiTokenWords(),
                said.calibration(),
                ofAll);
        trained(TrainingOptions.defaults());
    }

    /** The task as the runtime knows it, with what all methods may have. */
    public ClassificationTask<DataRow, String> declared() {
        return common.declared();
    }

    /** Options changed by the settings of the training, and by those that methods alone have. */
    public TrainingOptions trained(TrainingOptions options) {
        TrainingOptions changed = common.trained(options);
        for (Map.Entry<String, String> setting : own.entrySet()) {
            changed = Settings.onAny(methods, changed, setting.getKey(), setting.getValue());
        }
        return changed;
    }

    /** Whether the model can be asked as it is: there is a mask, and each label has a word. */
    public boolean canBeAsked() {
        return common.labels().values().stream().noneMatch(List::isEmpty)
                && common.parts().stream().anyMatch(TemplatePart.Mask.class::isInstance);
    }
}
