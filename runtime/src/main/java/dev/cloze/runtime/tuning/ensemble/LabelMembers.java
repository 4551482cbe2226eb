package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Members that choose labels.
 *
 * @param tuning trains one of them
 * @param reader reads one of them
 */
public record LabelMembers(
        LabeledValues train, LabeledValues dev, Tuning tuning, BiFunction<LabelTask, SavedProduct, LabelProduct> reader)
        implements MemberKind<LabelTask, LabelProduct> {

    /** Trains one of them. */
    @FunctionalInterface
    public interface Tuning {
        TuningResult<LabelProduct> tune(
                LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request);
    }

    @Override
    public Map<String, String> inputs(LabelTask task, TrainingOptions options) {
        return TrainingInputs.of(task, options, train, dev);
    }

    @Override
    public TuningResult<LabelProduct> tune(LabelTask task, TuningRequest<LabelProduct> request) {
        return tuning.tune(task, train, dev, request);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return reader.apply(task, saved);
    }

    @Override
    public LabelProduct together(List<EnsembleMember<LabelProduct>> members, Tally tally) {
        return EnsembleProduct.of(members, tally);
    }
}
