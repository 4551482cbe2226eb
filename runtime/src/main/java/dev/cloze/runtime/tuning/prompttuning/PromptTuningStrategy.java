package dev.cloze.runtime.tuning.prompttuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
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
import dev.cloze.runtime.tuning.mask.Asking;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.ExampleTexts;
import dev.cloze.runtime.tuning.mask.LabelTuning;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.mask.TrainingTexts;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import dev.cloze.runtime.tuning.writing.TextTuning;
import dev.cloze.runtime.tuning.writing.WritingProduct;
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
        List<float[]> source = SourcePrompts.rows(
                task.tuning(), options, first -> tuned(task, data, quietly(), first, List.of(), finish)
                        .product());
        return tuned(task, data, request, options, source, finish);
    }

    private static <P extends Product> TuningResult<P> tuned(
            LabelTask task,
            MaskData data,
            TuningRequest<P> request,
            TrainingOptions options,
            List<float[]> source,
            Function<MaskProduct, P> finish) {
        int length = PromptStart.length(options);
        return LanguageModel.lend(task.tuning().backbone(), model -> {
            CompiledTask compiled =
                    CompiledTask.behindVirtual(task, task.templates().get(0), model, length);
            Map<String, String> settings = settings(length).values();
            List<int[]> words = PromptTraining.words(compiled.verbalizer());
            return new LabelTuning<>(model, compiled, options, request, finish)
                    .run(
                            data.train(compiled, model, options),
                            data.dev(compiled, model),
                            texts -> new TrainingTexts(
                                    ExampleTexts.fixed(texts), compiled, asking(compiled, length), settings),
                            new PromptTraining(model, form(model, length), words, source));
        });
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return readMask(task, saved);
    }

    private static MaskProduct readMask(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning().backbone(), model -> {
            int length = SoftSettings.of(saved).before();
            CompiledTask compiled =
                    CompiledTask.behindVirtual(task, task.templates().get(0), model, length);
            SoftSettings settings = settings(length);
            return MaskProduct.read(
                    model,
                    compiled,
                    asking(compiled, length),
                    saved,
                    weights -> settings.read(model, form(model, length), weights));
        });
    }

    @Override
    public WordProduct read(WordTask task, SavedProduct saved) {
        return new MaskWords(readMask(task.labels(), saved));
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
        List<float[]> source = SourcePrompts.rows(
                task.tuning(), options, first -> tuned(task, train, List.of(), quietly(), first, List.of())
                        .product());
        return tuned(task, train, dev, request, options, source);
    }

    private static TuningResult<TextProduct> tuned(
            WritingTask task,
            List<ValuePair> train,
            List<ValuePair> dev,
            TuningRequest<TextProduct> request,
            TrainingOptions options,
            List<float[]> source) {
        int length = PromptStart.length(options);
        return LanguageModel.lend(task.tuning().backbone(), model -> {
            CompiledTextTask compiled = CompiledTextTask.behindVirtual(task, model, length);
            return new TextTuning(model, compiled, options, request)
                    .run(
                            train,
                            dev,
                            new PromptTraining(model, form(model, length), List.of(), source),
                            settings(length).values());
        });
    }

    private static <P extends Product> TuningRequest<P> quietly() {
        return new TuningRequest<>(
                new TrainingRequest(UnaryOperator.identity(), List.of(), true), TuningRequest.Rescue.none());
    }

    @Override
    public TextProduct read(WritingTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning().backbone(), model -> {
            int length = SoftSettings.of(saved).before();
            SoftSettings settings = settings(length);
            CompiledTextTask compiled = CompiledTextTask.behindVirtual(task, model, length);
            saved.fit().accept(WritingProduct.identity(model, compiled, settings.values()));
            TextBackbone tuned = (TextBackbone) settings.read(model, form(model, length), saved);
            return new WritingProduct(model, compiled, tuned, settings.values());
        });
    }

    @Override
    public Set<PeftType> adapters() {
        return Set.of(PeftType.PROMPT_TUNING, PeftType.MULTITASK_PROMPT_TUNING);
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

    private static VirtualTokens form(LanguageModel model, int length) {
        return new VirtualTokens(length, model.backbone().shape().embeddingSize());
    }

    private static Asking asking(CompiledTask compiled, int length) {
        return Asking.plainly(compiled).with(settings(length).values());
    }

    private static SoftSettings settings(int length) {
        return new SoftSettings(length, false);
    }
}
