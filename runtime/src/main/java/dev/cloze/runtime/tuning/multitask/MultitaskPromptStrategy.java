package dev.cloze.runtime.tuning.multitask;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.MultitaskAdapter;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.SharingStrategy;
import dev.cloze.runtime.tuning.SourceTask;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.leading.LeadingStrategy;
import dev.cloze.runtime.tuning.leading.LeadingTokens;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Trains virtual tokens before the input that are a prompt which tasks share, (P, e), number by number times a matrix of low rank of
 * the task's own, (P, r) by (r, e), and nothing else (Wang et al. 2023, Multitask Prompt Tuning, arXiv 2303.02861, section 3).
 *
 * <p>Prefer it where a task has few examples and others of a like kind have many. The shared prompt is trained first on those, with
 * the prompt of each alone as its teacher; then the task goes on from it. What is saved of the task are its virtual tokens, as
 * in prompt tuning; PEFT reads them as such, and the shared prompt with all its tasks as multitask prompt tuning.
 *
 * <p>Sources are mixed as they have examples. The paper also draws how many of the tasks a batch is of, which is not done here.
 */
@AutoService(Strategy.class)
public final class MultitaskPromptStrategy implements LeadingStrategy, SharingStrategy {

    /** With several tasks' matrices that start near nothing, one task's rate has learnt little after a hundred steps. */
    private static final double SHARED_RATE = 0.05;

    @Override
    public TuningMethod method() {
        return TuningMethod.MULTITASK_PROMPT_TUNING;
    }

    @Override
    public int length(TaskTuning tuning, TrainingRequest request) {
        return new FactoredStart(FactoredTraining.options(tuning, request, true)).length();
    }

    @Override
    public MultitaskAdapter tuneTogether(
            TaskTuning tuning, List<SourceTask> sources, double teaching, TrainingRequest request) {
        boolean withoutDev = sources.stream().noneMatch(SourceTask::hasDev);
        TrainingOptions options = FactoredTraining.options(tuning, request, withoutDev, SHARED_RATE);
        requireWords(options);
        FactoredStart start = new FactoredStart(options);
        try (LanguageModel model = LanguageModel.open(tuning)) {
            return new SharedTraining(model, options, start, teaching).run(sources, request);
        }
    }

    private static void requireWords(TrainingOptions options) {
        VerbalizerKind kind = options.get(VerbalizerOptions.KIND);
        if (kind != VerbalizerKind.WORDS) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    "The verbalizer's kind is " + kind
                            + ", and what tasks share is trained by the words of each.\n  Leave"
                            + " kind out here; the target's training may have it.");
        }
    }

    @Override
    public <P extends Product> TuningResult<P> tune(
            LabelTask task, MaskData data, TuningRequest<P> request, Function<MaskProduct, P> finish) {
        TrainingOptions options = FactoredTraining.options(task.tuning(), request.training(), data.withoutDev());
        FactoredStart start = new FactoredStart(options);
        return new LeadingTokens(start.length()).tune(task, data, request, options, trainer(start), finish);
    }

    @Override
    public TuningResult<TextProduct> tune(
            WritingTask task, List<ValuePair> train, List<ValuePair> dev, TuningRequest<TextProduct> request) {
        TrainingOptions options = FactoredTraining.options(task.tuning(), request.training(), dev.isEmpty());
        FactoredStart start = new FactoredStart(options);
        return new LeadingTokens(start.length()).tune(task, train, dev, request, options, trainer(start));
    }

    private static LeadingTokens.Trainer trainer(FactoredStart start) {
        return (model, form, words) -> new FactoredTraining(model, start);
    }

    @Override
    public Set<PeftType> adapters() {
        return Set.of(PeftType.MULTITASK_PROMPT_TUNING);
    }
}
