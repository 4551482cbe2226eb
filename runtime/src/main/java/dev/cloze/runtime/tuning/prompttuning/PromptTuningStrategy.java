package dev.cloze.runtime.tuning.prompttuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.AdapterStrategy;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.ClozeStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TextStrategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.cloze.AnsweredData;
import dev.cloze.runtime.tuning.cloze.MaskWords;
import dev.cloze.runtime.tuning.exchange.VirtualTokenExchange;
import dev.cloze.runtime.tuning.leading.LeadingTokens;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.List;
import java.util.Map;
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
 * <p>The virtual tokens stand before all others, special tokens included, as in PEFT; the model's own dropout is off.
 */
@AutoService(Strategy.class)
public final class PromptTuningStrategy
        implements ClassificationStrategy, ClozeStrategy, TextStrategy, AdapterStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.PROMPT_TUNING;
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return tune(task, MaskData.of(train, dev), request, product -> product);
    }

    private static <P extends Product> TuningResult<P> tune(
            LabelTask task, MaskData data, TuningRequest<P> request, Function<MaskProduct, P> finish) {
        TrainingOptions options = PromptTraining.options(task.tuning(), request.training(), data.withoutDev());
        LeadingTokens tokens = new LeadingTokens(PromptStart.length(options));
        List<float[]> source = SourcePrompts.rows(
                task.tuning(), options, first -> tokens.tune(task, data, quietly(), first, trainer(List.of()), finish)
                        .product());
        return tokens.tune(task, data, request, options, trainer(source), finish);
    }

    private static LeadingTokens.Trainer trainer(List<float[]> source) {
        return (model, form, words) -> new PromptTraining(model, form, words, source);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return LeadingTokens.of(saved).read(task, saved);
    }

    @Override
    public WordProduct read(WordTask task, SavedProduct saved) {
        return new MaskWords(LeadingTokens.of(saved).read(task.labels(), saved));
    }

    @Override
    public TuningResult<WordProduct> tune(
            WordTask task, AnsweredValues train, AnsweredValues dev, TuningRequest<WordProduct> request) {
        return tune(task.labels(), new AnsweredData(train, dev), request, MaskWords::new);
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
    public TextProduct read(WritingTask task, SavedProduct saved) {
        return LeadingTokens.of(saved).read(task, saved);
    }

    @Override
    public Set<PeftType> adapters() {
        return Set.of(PeftType.PROMPT_TUNING);
    }

    @Override
    public SavedProduct saved(Adapter adapter) {
        return VirtualTokenExchange.saved(adapter, method());
    }

    @Override
    public Adapter ofModel(Adapter adapter, String model) {
        return VirtualTokenExchange.ofModel(adapter, model);
    }

    @Override
    public Adapter adapter(ProductIdentity identity, Map<String, Tensor> tensors) {
        return VirtualTokenExchange.adapter(PeftType.PROMPT_TUNING, method(), identity, tensors);
    }
}
