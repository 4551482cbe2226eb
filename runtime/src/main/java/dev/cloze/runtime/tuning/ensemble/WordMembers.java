package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.ClozeStrategy;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import java.util.List;
import java.util.Map;

/** Members that rank words, each tuned by the same method. */
record WordMembers(ClozeStrategy method, AnsweredValues train, AnsweredValues dev)
        implements MemberKind<WordTask, WordProduct> {

    @Override
    public Map<String, String> inputs(WordTask task, TrainingOptions options) {
        return TrainingInputs.of(task, options, train, dev);
    }

    @Override
    public TuningResult<WordProduct> tune(WordTask task, TuningRequest<WordProduct> request) {
        return method.tune(task, train, dev, request);
    }

    @Override
    public WordProduct read(WordTask task, SavedProduct saved) {
        return method.read(task, saved);
    }

    @Override
    public WordProduct together(List<EnsembleMember<WordProduct>> members, Tally tally) {
        return WordEnsemble.of(members, tally);
    }
}
