package dev.cloze.runtime.tuning.ptuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplateSyntax;
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
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import dev.cloze.runtime.tuning.writing.TextTuning;
import dev.cloze.runtime.tuning.writing.WritingProduct;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Trains virtual tokens among the words of a template, {@code {soft}}, through a network that relates them to one another and
 * is dropped when training ends; the language model's weights are tuned with them at a rate of their own, or stay as they are
 * with {@code freezeBackbone} (Liu et al. 2021, GPT Understands, Too, arXiv 2103.10385, sections 3.1 and 3.2).
 *
 * <p>Prefer it where a good template is known and its words around the task's own could be better. Words that name the task
 * stay words, as anchors. Frozen, only the vectors are saved; tuned jointly, the whole model is.
 */
@AutoService(Strategy.class)
public final class PTuningStrategy implements ClassificationStrategy, ClozeStrategy, TextStrategy, AdapterStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.P_TUNING;
    }

    @Override
    public void check(LabelTask task, TrainingRequest request) {
        TrainingOptions options = request.options(task.tuning(), TrainingOptions.defaults(), false);
        boolean inTemplate = TemplateSyntax.parse(task.templates().get(0).text()).stream()
                .anyMatch(TemplatePart.Soft.class::isInstance);
        SoftSettings.before(method(), inTemplate, options);
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return tune(task, MaskData.of(train, dev), request, product -> product);
    }

    private <P extends Product> TuningResult<P> tune(
            LabelTask task, MaskData data, TuningRequest<P> request, Function<MaskProduct, P> finish) {
        TrainingOptions written =
                request.training().options(task.tuning(), TrainingOptions.defaults(), data.withoutDev());
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTask plain = compiled(task, model, 0);
            int before = SoftSettings.before(method(), plain.template().virtualTokens() > 0, written);
            CompiledTask compiled = before == 0 ? plain : compiled(task, model, before);
            PromptPlan plan = new PromptPlan(model, compiled.template(), PromptPlan.rated(written, model));
            SoftSettings settings = new SoftSettings(before, !written.get(TuningOptions.FREEZE_BACKBONE));
            Asking asking = Asking.plainly(compiled).with(settings.values());
            return new LabelTuning<>(model, compiled, plan.options(), request, finish)
                    .run(
                            data.train(compiled, model, plan.options()),
                            data.dev(compiled, model),
                            texts -> new TrainingTexts(ExampleTexts.fixed(texts), compiled, asking, settings.values()),
                            plan);
        });
    }

    private static CompiledTask compiled(LabelTask task, LanguageModel model, int before) {
        return CompiledTask.behindVirtual(task, task.templates().get(0), model, before);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return readMask(task, saved);
    }

    private static MaskProduct readMask(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            SoftSettings settings = SoftSettings.of(saved);
            CompiledTask compiled = compiled(task, model, settings.before());
            Asking asking = Asking.plainly(compiled).with(settings.values());
            return MaskProduct.read(
                    model,
                    compiled,
                    asking,
                    saved,
                    weights -> settings.read(model, PromptPlan.form(model, compiled.template()), weights));
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
        TrainingOptions written = request.training().options(task.tuning(), TrainingOptions.defaults(), dev.isEmpty());
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTextTask plain = CompiledTextTask.of(task, model);
            int before = SoftSettings.before(method(), plain.template().virtualTokens() > 0, written);
            CompiledTextTask compiled = before == 0 ? plain : CompiledTextTask.behindVirtual(task, model, before);
            PromptPlan plan = new PromptPlan(model, compiled.template(), PromptPlan.rated(written, model));
            SoftSettings settings = new SoftSettings(before, !written.get(TuningOptions.FREEZE_BACKBONE));
            return new TextTuning(model, compiled, plan.options(), request).run(train, dev, plan, settings.values());
        });
    }

    @Override
    public TextProduct read(WritingTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            SoftSettings settings = SoftSettings.of(saved);
            CompiledTextTask compiled = CompiledTextTask.behindVirtual(task, model, settings.before());
            saved.fit().accept(WritingProduct.identity(model, compiled, settings.values()));
            TextBackbone tuned =
                    (TextBackbone) settings.read(model, PromptPlan.form(model, compiled.template()), saved);
            return new WritingProduct(model, compiled, tuned, settings.values());
        });
    }

    @Override
    public Set<PeftType> adapters() {
        return Set.of(PeftType.P_TUNING);
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
        return VirtualTokenExchange.adapter(PeftType.P_TUNING, method(), identity, tensors);
    }
}
