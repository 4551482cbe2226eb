package dev.cloze.runtime.workbench.task;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.option.LoopOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task that several methods are compared on, whatever its own is: each has of its settings what it knows. */
public final class ComparedTask {

    private static final TuningMethod COMMON = TuningMethod.PROMPT_FINE_TUNING;

    private final SpokenTask common;
    private final Map<String, String> own = new LinkedHashMap<>();
    private final List<TuningMethod> methods;
    private final Optional<Double> rate;

    /**
     * What is said, compared by these methods; the seed counts for nothing, as each draw is one.
     *
     * @throws dev.cloze.problem.ClozeException TUNING_OPTION_NOT_APPLICABLE for a setting that none of them has,
     *     TUNING_OPTION_OUT_OF_RANGE for one that can't be read
     */
    public ComparedTask(SpokenTask said, List<TuningMethod> methods) {
        this.methods = List.copyOf(methods);
        Map<String, String> settings = new LinkedHashMap<>(said.settings());
        settings.remove(LoopOptions.SEED.name());
        this.rate = Optional.ofNullable(settings.remove(TuningOptions.LEARNING_RATE.name()))
                .map(text -> (Double) Settings.ofMethod(COMMON, TuningOptions.LEARNING_RATE.name(), text));
        Map<String, String> ofAll = new LinkedHashMap<>();
        settings.forEach((name, text) ->
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

    /** The learning rate that is said, which is of the method that is said; empty where there is none. */
    public Optional<Double> learningRate() {
        return rate;
    }

    /** Whether the model can be asked as it is: there is a mask, each label has a word, and no virtual token is yet to be trained. */
    public boolean canBeAsked() {
        return common.labels().values().stream().noneMatch(List::isEmpty)
                && common.parts().stream().anyMatch(TemplatePart.Mask.class::isInstance)
                && common.parts().stream().noneMatch(TemplatePart.Soft.class::isInstance);
    }
}
