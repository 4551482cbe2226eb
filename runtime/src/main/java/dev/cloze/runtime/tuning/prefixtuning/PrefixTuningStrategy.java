package dev.cloze.runtime.tuning.prefixtuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
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
import dev.cloze.runtime.tuning.mask.Asking;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.ExampleTexts;
import dev.cloze.runtime.tuning.mask.LabelTuning;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.mask.TrainingTexts;
import dev.cloze.runtime.tuning.prefix.PrefixExchange;
import dev.cloze.runtime.tuning.prefix.PrefixLayout;
import dev.cloze.runtime.tuning.prefix.PrefixPlan;
import dev.cloze.runtime.tuning.prefix.PrefixStart;
import dev.cloze.runtime.tuning.prefix.SavedPrefix;
import dev.cloze.runtime.tuning.prefix.TextPrefix;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import dev.cloze.runtime.tuning.writing.TextTuning;
import dev.cloze.runtime.tuning.writing.WritingProduct;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Leaves the language model as it is and trains keys and values of some virtual tokens before every text, in every layer (Li and
 * Liang 2021, arXiv 2101.00190, section 4). Texts begin behind them; the model drops nothing in training.
 *
 * <p>Prefer it where one model serves many tasks: a task is a thousandth of the model. With few examples and one task,
 * prompt-based fine-tuning is better.
 */
@AutoService(Strategy.class)
public final class PrefixTuningStrategy
        implements ClassificationStrategy, ClozeStrategy, TextStrategy, AdapterStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.PREFIX_TUNING;
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return readMask(task, saved);
    }

    private static MaskProduct readMask(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            int length = SoftSettings.of(saved).before();
            Map<String, String> settings =
                    new SoftSettings(length, false, SoftSettings.of(saved).sites()).values();
            CompiledTask compiled =
                    CompiledTask.behindPrefix(task, task.templates().get(0), model, length);
            Asking asking = Asking.plainly(compiled).with(settings);
            return MaskProduct.read(model, compiled, asking, saved, weights -> SavedPrefix.read(model, weights));
        });
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return tune(task, MaskData.of(train, dev), request, product -> product);
    }

    private static <P extends Product> TuningResult<P> tune(
            LabelTask task, MaskData data, TuningRequest<P> request, Function<MaskProduct, P> finish) {
        return LanguageModel.lend(task.tuning(), model -> {
            TrainingOptions options = options(task.tuning(), model, request, data.withoutDev());
            PrefixPlan plan = plan(model, options);
            CompiledTask compiled = CompiledTask.behindPrefix(
                    task, task.templates().get(0), model, plan.layout().length());
            return new LabelTuning<>(model, compiled, options, request, finish)
                    .run(
                            data.train(compiled, model, options),
                            data.dev(compiled, model),
                            texts -> new TrainingTexts(
                                    ExampleTexts.fixed(texts),
                                    compiled,
                                    Asking.plainly(compiled).with(plan.settings()),
                                    plan.settings()),
                            plan.alone());
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
    public TextProduct read(WritingTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            int length = SoftSettings.of(saved).before();
            Map<String, String> settings =
                    new SoftSettings(length, false, SoftSettings.of(saved).sites()).values();
            CompiledTextTask compiled = CompiledTextTask.behindPrefix(task, model, length);
            saved.fit().accept(WritingProduct.identity(model, compiled, settings));
            SoftBackbone read = SavedPrefix.read(model, saved);
            return new WritingProduct(model, compiled, (TextBackbone) read, settings);
        });
    }

    @Override
    public TuningResult<TextProduct> tune(
            WritingTask task, List<ValuePair> train, List<ValuePair> dev, TuningRequest<TextProduct> request) {
        return LanguageModel.lend(task.tuning(), model -> {
            TrainingOptions options = options(task.tuning(), model, request, dev.isEmpty());
            PrefixPlan plan = plan(model, options);
            CompiledTextTask compiled =
                    CompiledTextTask.behindPrefix(task, model, plan.layout().length());
            return new TextTuning(model, compiled, options, request).run(train, dev, plan.alone(), plan.settings());
        });
    }

    @Override
    public Set<PeftType> adapters() {
        return Set.of(PeftType.PREFIX_TUNING);
    }

    @Override
    public SavedProduct saved(Adapter adapter) {
        return PrefixExchange.saved(adapter);
    }

    @Override
    public Adapter ofModel(Adapter adapter, String model) {
        return PrefixExchange.ofModel(adapter, model);
    }

    @Override
    public Adapter adapter(ProductIdentity identity, Map<String, Tensor> tensors) {
        return PrefixExchange.adapter(identity, tensors);
    }

    /** The paper's learning rate for networks over large models, higher for small ones and for keys and values themselves. */
    private static TrainingOptions options(
            TaskTuning tuning, LanguageModel model, TuningRequest<?> request, boolean withoutDev) {
        int width = model.backbone().shape().hiddenSize();
        TrainingOptions usual = TrainingOptions.defaults().withWeightDecay(0);
        TrainingOptions written = request.training().options(tuning, usual, withoutDev);
        return written.isSet(TuningOptions.LEARNING_RATE)
                ? written
                : written.withLearningRate(
                        written.get(PrefixOptions.REPARAMETRIZED) ? networkRate(width) : directRate(width));
    }

    private static double directRate(int hiddenSize) {
        return hiddenSize >= 512 ? 5e-3 : 1e-2;
    }

    private static double networkRate(int hiddenSize) {
        return hiddenSize >= 1024 ? 5e-5 : hiddenSize >= 512 ? 2e-4 : 1e-3;
    }

    private static PrefixPlan plan(LanguageModel model, TrainingOptions options) {
        boolean reparametrized = options.get(PrefixOptions.REPARAMETRIZED);
        TextPrefix text = options.isSet(PrefixOptions.INITIAL_TEXT)
                ? TextPrefix.of(model, options.get(PrefixOptions.INITIAL_TEXT))
                : null;
        int length = text == null || options.isSet(TuningOptions.PROMPT_LENGTH)
                ? SoftSettings.before(TuningMethod.PREFIX_TUNING, false, options)
                : text.ids().length;
        if (text != null && text.ids().length != length) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_OUT_OF_RANGE,
                    "promptLength = " + length + ", but initialText = \"" + options.get(PrefixOptions.INITIAL_TEXT)
                            + "\" has " + text.ids().length + " tokens, each of which starts one place of the prefix."
                            + "\n  Leave promptLength out: it follows from the text.");
        }
        double deviation = options.compat() == Compat.REFERENCE ? 1 : 0.02;
        return new PrefixPlan(
                model,
                PrefixLayout.of(model.backbone(), length),
                reparametrized ? options.get(PrefixOptions.MIDDLE_SIZE) : 0,
                new PrefixStart(deviation, options.seed()),
                text);
    }
}
