package dev.cloze.runtime.tuning.promptfinetuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.ClozeStrategy;
import dev.cloze.runtime.tuning.ExtractionStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.RegressionStrategy;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.tuning.SpanValues;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TextStrategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.ValueProduct;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.candidate.CandidateExamples;
import dev.cloze.runtime.tuning.candidate.CandidateProduct;
import dev.cloze.runtime.tuning.candidate.CandidateReading;
import dev.cloze.runtime.tuning.cloze.AnsweredData;
import dev.cloze.runtime.tuning.cloze.MaskWords;
import dev.cloze.runtime.tuning.ensemble.TemplateEnsemble;
import dev.cloze.runtime.tuning.ensemble.TemplateTrainings;
import dev.cloze.runtime.tuning.loop.LabelRate;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.LabelTuning;
import dev.cloze.runtime.tuning.mask.MaskAnswers;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.scale.PoleData;
import dev.cloze.runtime.tuning.scale.PoleTargets;
import dev.cloze.runtime.tuning.scale.ScaleProduct;
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import dev.cloze.runtime.tuning.writing.TextTuning;
import dev.cloze.runtime.tuning.writing.WritingProduct;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tunes all weights of the language model on its own task: with cross-entropy over the label words at the mask (Gao et al.
 * 2021, LM-BFF, arXiv 2012.15723, section 3), with the divergence of a scale's two words from where the right number lies
 * between them (see {@link PoleTargets}), with cross-entropy over candidates or the whole vocabulary, or over the tokens of the
 * texts to be written.
 *
 * <p>It keeps what pretraining taught the language model's head, where classic fine-tuning starts a new head from
 * nothing; so prefer it when labelled examples are few. Of a task of several templates each has a model of its own, and
 * their scores are averaged.
 *
 * <p>Spans are labelled by asking about every run of words (Cui et al. 2021, TemplateNER, arXiv 2106.01760): many passes a text, so
 * prefer a method that tags tokens unless examples are few.
 */
@AutoService(Strategy.class)
public final class PromptFineTuningStrategy
        implements ClassificationStrategy, RegressionStrategy, ExtractionStrategy, ClozeStrategy, TextStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.PROMPT_FINE_TUNING;
    }

    @Override
    public LabelProduct untrained(LabelTask task) {
        return TemplateEnsemble.untrained(task);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return TemplateEnsemble.read(task, saved);
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        if (task.templates().size() > 1) {
            return TemplateTrainings.tune(this, task, train, dev, request, Map.of());
        }
        return tune(task, MaskData.of(train, dev), request, product -> product);
    }

    private static <P extends Product> TuningResult<P> tune(
            LabelTask task, MaskData data, TuningRequest<P> request, Function<MaskProduct, P> finish) {
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTask compiled = CompiledTask.of(task, task.templates().get(0), model);
            return tune(compiled, model, data, request, finish);
        });
    }

    private static <P extends Product> TuningResult<P> tune(
            CompiledTask compiled,
            LanguageModel model,
            MaskData data,
            TuningRequest<P> request,
            Function<MaskProduct, P> finish) {
        MaskAnswers.of(compiled, model.backbone()); // what can't be calibrated now can't be after the training either
        TrainingOptions usual = TrainingOptions.defaults()
                .withLearningRate(LabelRate.of(model.backbone().shape().hiddenSize()));
        TrainingOptions options = request.training().options(compiled.task().tuning(), usual, data.withoutDev());
        return new LabelTuning<>(model, compiled, options, request, finish)
                .run(data.train(compiled, model, options), data.dev(compiled, model));
    }

    @Override
    public ValueProduct untrained(ScaleTask task) {
        return ScaleProduct.between(MaskProduct.untrained(task.poles()), task);
    }

    @Override
    public ValueProduct read(ScaleTask task, SavedProduct saved) {
        return ScaleProduct.between(MaskProduct.read(task.poles(), ScaleProduct.scores(task, saved)), task);
    }

    @Override
    public TuningResult<ValueProduct> tune(
            ScaleTask task, RatedValues train, RatedValues dev, TuningRequest<ValueProduct> request) {
        return tune(
                task.poles(),
                new PoleData(train, dev, task.scale()),
                request,
                poles -> ScaleProduct.between(poles, task));
    }

    @Override
    public SpanProduct untrained(SpanTask task) {
        return LanguageModel.lend(task.tuning(), model -> {
            CandidateReading reading = CandidateReading.of(task, model);
            return new CandidateProduct(MaskProduct.of(model, reading.compiled(), null), reading);
        });
    }

    @Override
    public SpanProduct read(SpanTask task, SavedProduct saved) {
        MaskProduct choice = MaskProduct.read(task.choice(), CandidateProduct.choice(task, saved));
        try {
            return new CandidateProduct(choice, CandidateReading.of(task, choice.model()));
        } catch (RuntimeException | Error e) {
            choice.close();
            throw e;
        }
    }

    @Override
    public TuningResult<SpanProduct> tune(
            SpanTask task, SpanValues train, SpanValues dev, TuningRequest<SpanProduct> request) {
        return LanguageModel.lend(task.tuning(), model -> {
            CandidateReading reading = CandidateReading.of(task, model);
            return tune(
                    reading.compiled(),
                    model,
                    CandidateExamples.of(reading, train, dev),
                    request,
                    choice -> new CandidateProduct(choice, reading));
        });
    }

    @Override
    public WordProduct untrained(WordTask task) {
        return TemplateEnsemble.untrained(task);
    }

    @Override
    public WordProduct read(WordTask task, SavedProduct saved) {
        return TemplateEnsemble.read(task, saved);
    }

    @Override
    public TuningResult<WordProduct> tune(
            WordTask task, AnsweredValues train, AnsweredValues dev, TuningRequest<WordProduct> request) {
        if (task.labels().templates().size() > 1) {
            return TemplateTrainings.tune(this, task, train, dev, request);
        }
        return tune(task.labels(), new AnsweredData(train, dev), request, MaskWords::new);
    }

    @Override
    public TextProduct untrained(WritingTask task) {
        return WritingProduct.untrained(task);
    }

    @Override
    public TextProduct read(WritingTask task, SavedProduct saved) {
        return WritingProduct.read(task, saved);
    }

    @Override
    public TuningResult<TextProduct> tune(
            WritingTask task, List<ValuePair> train, List<ValuePair> dev, TuningRequest<TextProduct> request) {
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTextTask compiled = CompiledTextTask.of(task, model);
            TrainingOptions usual = TrainingOptions.defaults()
                    .withLearningRate(textRate(model.backbone().shape().hiddenSize()));
            TrainingOptions options = request.training().options(task.tuning(), usual, dev.isEmpty());
            return new TextTuning(model, compiled, options, request).run(train, dev);
        });
    }

    /** The peak learning rate where texts are written and nobody sets one: 5e-5 as usual for GPT-2 and T5, higher for small models. */
    static double textRate(int hiddenSize) {
        if (hiddenSize >= 512) {
            return 5e-5;
        }
        return hiddenSize >= 256 ? 3e-4 : 1e-3;
    }
}
