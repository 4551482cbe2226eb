package dev.cloze.runtime.tuning.prompttuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.PromptTuning.Optimizer;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.engine.Adafactor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.option.LoopOptions;
import dev.cloze.runtime.spi.TaskTuning;
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
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.mask.Asking;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.ExampleTexts;
import dev.cloze.runtime.tuning.mask.LabelTuning;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.mask.TrainingTexts;
import dev.cloze.runtime.tuning.soft.DirectPrompt;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import dev.cloze.runtime.tuning.soft.StartVectors;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import dev.cloze.runtime.tuning.writing.TextTuning;
import dev.cloze.runtime.tuning.writing.WritingProduct;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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

    /** The authors' for Adafactor. */
    private static final double ADAFACTOR_RATE = 0.3;

    private static final double ADAFACTOR_DECAY = 1e-5;
    private static final double ADAMW_RATE = 0.05;

    @Override
    public TuningMethod method() {
        return TuningMethod.PROMPT_TUNING;
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return tune(task, MaskData.of(train, dev), request, product -> product);
    }

    private <P extends Product> TuningResult<P> tune(
            LabelTask task, MaskData data, TuningRequest<P> request, Function<MaskProduct, P> finish) {
        TrainingOptions options = options(task.tuning(), request.training(), data.withoutDev());
        int length = SoftSettings.before(method(), 0, options);
        return LanguageModel.lend(task.tuning().backbone(), model -> {
            CompiledTask compiled =
                    CompiledTask.behindVirtual(task, task.templates().get(0), model, length);
            Map<String, String> settings = settings(length).values();
            List<int[]> words = words(compiled.verbalizer());
            return new LabelTuning<>(model, compiled, options, request, finish)
                    .run(
                            data.train(compiled, model, options),
                            data.dev(compiled, model),
                            texts -> new TrainingTexts(
                                    ExampleTexts.fixed(texts), compiled, asking(compiled, length), settings),
                            plan(model, length, words));
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
            saved.fit().accept(MaskProduct.identity(model, compiled, settings.values(), List.of()));
            return MaskProduct.of(
                    model, compiled, settings.read(model, form(model, length), saved), asking(compiled, length));
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
        TrainingOptions options = options(task.tuning(), request.training(), dev.isEmpty());
        int length = SoftSettings.before(method(), 0, options);
        return LanguageModel.lend(task.tuning().backbone(), model -> {
            CompiledTextTask compiled = CompiledTextTask.behindVirtual(task, model, length);
            return new TextTuning(model, compiled, options, request)
                    .run(
                            train,
                            dev,
                            plan(model, length, List.of()),
                            settings(length).values());
        });
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

    private static TrainingOptions options(TaskTuning tuning, TrainingRequest request, boolean withoutDev) {
        TrainingOptions options = request.options(tuning, TrainingOptions.defaults(), withoutDev);
        boolean adafactor = isAdafactor(options);
        TrainingOptions scheduled = adafactor && !options.isSet(LoopOptions.SCHEDULE)
                ? options.withSchedule(TrainingOptions.Schedule.CONSTANT)
                : options;
        return scheduled.learningRate() == 0
                ? scheduled.withLearningRate(adafactor ? ADAFACTOR_RATE : ADAMW_RATE)
                : scheduled;
    }

    private static boolean isAdafactor(TrainingOptions options) {
        return options.get(PromptTuningOptions.OPTIMIZER) == Optimizer.ADAFACTOR;
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

    private static BackboneTraining.Plan plan(LanguageModel model, int length, List<int[]> words) {
        return (objective, options, devScore) -> {
            VirtualTokens form = form(model, length);
            List<float[]> start = new PromptStart(model, options).rows(length, words);
            DirectPrompt prompt = DirectPrompt.load(
                    model.backbone().device(), form, (memory, slot) -> StartVectors.array(memory, start));
            SoftParts parts = SoftParts.frozen(model.backbone(), prompt, form, options);
            return new SoftTuning(
                    isAdafactor(options) ? parts.withGroups(List.of(adafactor(prompt, options))) : parts,
                    objective,
                    devScore);
        };
    }

    private static WeightGroup adafactor(DirectPrompt prompt, TrainingOptions options) {
        double decay = options.isSet(LoopOptions.WEIGHT_DECAY) ? options.weightDecay() : ADAFACTOR_DECAY;
        return new WeightGroup(prompt.weights(), 1, decay, Adafactor::new);
    }

    /** The first word of each label, then the second of each, and so on; none where they are all words that there are. */
    private static List<int[]> words(CompiledVerbalizer<?> verbalizer) {
        if (verbalizer.isOpen()) {
            return List.of();
        }
        int[] seen = new int[verbalizer.labels().size()];
        return verbalizer.words().stream()
                .map(word -> new Ranked(seen[word.label()]++, word))
                .sorted((one, other) -> Integer.compare(one.rank(), other.rank()))
                .map(ranked -> ranked.word().tokens())
                .toList();
    }

    private record Ranked(int rank, LabelWord word) {}
}
