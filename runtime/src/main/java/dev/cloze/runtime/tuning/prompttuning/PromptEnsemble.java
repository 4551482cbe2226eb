package dev.cloze.runtime.tuning.prompttuning;

import dev.cloze.annotations.PromptTuning.Vote;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ensemble.LabelMembers;
import dev.cloze.runtime.tuning.ensemble.MemberTrainings;
import dev.cloze.runtime.tuning.ensemble.MemberTrainings.Member;
import dev.cloze.runtime.tuning.ensemble.Tally;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Several prompts of one task, each trained alone from a seed of its own, on one copy of the model (Lester et al. 2021, arXiv
 * 2104.08691, section 6, "prompt ensembling").
 */
record PromptEnsemble(LabelTask task, TrainingOptions options, TuningRequest<LabelProduct> request) {

    /** Trains them one after the other, and has them answer together. */
    TuningResult<LabelProduct> tune(
            LabeledValues train,
            LabeledValues dev,
            LabelMembers.Tuning tuning,
            BiFunction<LabelTask, SavedProduct, LabelProduct> reader) {
        List<Member<LabelTask>> members = IntStream.range(0, options.get(PromptTuningOptions.PROMPTS))
                .mapToObj(i -> new Member<>("prompt " + (i + 1), task, all -> alone(all, i)))
                .toList();
        Tally tally = options.get(PromptTuningOptions.VOTE) == Vote.MAJORITY ? Tally.MAJORITY : Tally.PROBABILITIES;
        try (LanguageModel held = LanguageModel.open(task.tuning())) { // not loaded anew for each
            LabelMembers kind = new LabelMembers(train, dev, tuning, reader);
            return new MemberTrainings<>(members, kind, "prompt", tally, request, PromptStart.identity(options))
                    .tune(options);
        }
    }

    /** As it would be trained without the others, so that others can be added to those that are there. */
    private static TrainingOptions alone(TrainingOptions all, int member) {
        return all.withSeed(all.seed() + member)
                .with(PromptTuningOptions.VOTE, Vote.MAJORITY)
                .with(PromptTuningOptions.PROMPTS, 1);
    }
}
