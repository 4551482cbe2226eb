package dev.cloze.runtime.tuning.prompttuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.ensemble.TemplateEnsemble;
import dev.cloze.runtime.tuning.leading.LeadingStrategy;
import dev.cloze.runtime.tuning.leading.LeadingTokens;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Trains virtual tokens before the input, (P, e) numbers, and nothing else: the language model stays as it is, and all
 * trainings and pipelines of one model share it (Lester, Al-Rfou and Constant 2021, arXiv 2104.08691, section 2).
 *
 * <p>Prefer it where many tasks share a large model, or where a tuned model has to be small: a prompt of 20 tokens for a model of
 * width 576 has 46 kB. Small models learn less by it than by tuning their weights.
 *
 * <p>Several prompts of one task can answer together, which costs what so many inputs cost, and no second copy of the model.
 *
 * <p>The virtual tokens stand before all others, special tokens included, as in PEFT; the model's own dropout is off.
 */
@AutoService(Strategy.class)
public final class PromptTuningStrategy implements LeadingStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.PROMPT_TUNING;
    }

    @Override
    public <P extends Product> TuningResult<P> tune(
            LabelTask task, MaskData data, TuningRequest<P> request, Function<MaskProduct, P> finish) {
        TrainingOptions options = PromptTraining.options(task.tuning(), request.training(), data.withoutDev());
        LeadingTokens tokens = new LeadingTokens(PromptStart.length(options));
        List<float[]> source = SourcePrompts.rows(
                task.tuning(), options, first -> tokens.tune(task, data, quietly(), first, trainer(List.of()), finish)
                        .product());
        return tokens.tune(task, data, request, options, trainer(source), finish);
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        TrainingOptions options = PromptTraining.options(task.tuning(), request.training(), dev.isEmpty());
        return options.get(PromptTuningOptions.PROMPTS) == 1
                ? LeadingStrategy.super.tune(task, train, dev, request)
                : new PromptEnsemble(task, options, request)
                        .tune(train, dev, LeadingStrategy.super::tune, LeadingStrategy.super::read);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return TemplateEnsemble.read(task, saved, LeadingStrategy.super::read);
    }

    private static LeadingTokens.Trainer trainer(List<float[]> source) {
        return (model, form, words) -> new PromptTraining(model, form, words, source);
    }

    @Override
    public TuningResult<TextProduct> tune(
            WritingTask task, List<ValuePair> train, List<ValuePair> dev, TuningRequest<TextProduct> request) {
        TrainingOptions options = PromptTraining.options(task.tuning(), request.training(), dev.isEmpty());
        LeadingTokens tokens = new LeadingTokens(PromptStart.length(options));
        List<float[]> source = SourcePrompts.rows(task.tuning(), options, first -> tokens.tune(
                        task, train, List.of(), quietly(), first, trainer(List.of()))
                .product());
        return tokens.tune(task, train, dev, request, options, trainer(source));
    }

    private static <P extends Product> TuningRequest<P> quietly() {
        return new TuningRequest<>(
                new TrainingRequest(UnaryOperator.identity(), List.of(), true), TuningRequest.Rescue.none());
    }

    @Override
    public Set<PeftType> adapters() {
        return Set.of(PeftType.PROMPT_TUNING);
    }
}
