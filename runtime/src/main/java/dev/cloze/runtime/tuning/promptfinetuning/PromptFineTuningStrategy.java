package dev.cloze.runtime.tuning.promptfinetuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TextStrategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.loop.LabelRate;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.LabelTuning;
import dev.cloze.runtime.tuning.mask.MaskAnswers;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import dev.cloze.runtime.tuning.writing.TextTuning;
import dev.cloze.runtime.tuning.writing.WritingProduct;
import java.util.List;

/**
 * Tunes all weights of the language model on its own task: with cross-entropy over the label words at the mask (Gao et al.
 * 2021, LM-BFF, arXiv 2012.15723, section 3), or over the tokens of the texts to be written.
 *
 * <p>It keeps what pretraining taught the language model's head, where classic fine-tuning starts a new head from
 * nothing; so prefer it when labelled examples are few.
 */
@AutoService(Strategy.class)
public final class PromptFineTuningStrategy implements ClassificationStrategy, TextStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.PROMPT_FINE_TUNING;
    }

    @Override
    public LabelProduct untrained(LabelTask task) {
        return MaskProduct.untrained(task);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return MaskProduct.read(task, saved);
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            CompiledTask compiled = CompiledTask.of(task, task.templates().get(0), model);
            MaskAnswers.of(
                    compiled, model.backbone()); // what can't be calibrated now can't be after the training either
            TrainingOptions usual = TrainingOptions.defaults()
                    .withLearningRate(LabelRate.of(model.backbone().shape().hiddenSize()));
            TrainingOptions options = request.training().options(task.tuning(), usual, dev.isEmpty());
            return new LabelTuning(model, compiled, options, request).run(train, dev);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
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
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            CompiledTextTask compiled = CompiledTextTask.of(task, model);
            TrainingOptions usual = TrainingOptions.defaults()
                    .withLearningRate(textRate(model.backbone().shape().hiddenSize()));
            TrainingOptions options = request.training().options(task.tuning(), usual, dev.isEmpty());
            return new TextTuning(model, compiled, options, request).run(train, dev);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** The peak learning rate where texts are written and nobody sets one: 5e-5 as usual for GPT-2 and T5, higher for small models. */
    static double textRate(int hiddenSize) {
        if (hiddenSize >= 512) {
            return 5e-5;
        }
        return hiddenSize >= 256 ? 3e-4 : 1e-3;
    }
}
