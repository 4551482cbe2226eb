package dev.cloze.runtime.tuning.leading;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
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
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.List;
import java.util.function.Function;

/** So many virtual tokens before all others, which alone are trained and saved. */
public final class LeadingTokens {

    /** What trains them. */
    @FunctionalInterface
    public interface Trainer {

        /**
         * Their training on a model.
         *
         * @param words the tokens of each label word, the first of each label first; none where there are no labels, or where they
         *     are all words that there are
         */
        BackboneTraining.Plan of(LanguageModel model, VirtualTokens form, List<int[]> words);
    }

    private final int length;

    /** @param length at least 1 */
    public LeadingTokens(int length) {
        this.length = length;
    }

    /** As many as a saved product has. */
    public static LeadingTokens of(SavedProduct saved) {
        return new LeadingTokens(SoftSettings.of(saved).before());
    }

    /** Tunes for labels, or for words. */
    public <P extends Product> TuningResult<P> tune(
            LabelTask task,
            MaskData data,
            TuningRequest<P> request,
            TrainingOptions options,
            Trainer trainer,
            Function<MaskProduct, P> finish) {
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTask compiled = compiled(task, model);
            return new LabelTuning<>(model, compiled, options, request, finish)
                    .run(
                            data.train(compiled, model, options),
                            data.dev(compiled, model),
                            texts -> new TrainingTexts(
                                    ExampleTexts.fixed(texts),
                                    compiled,
                                    asking(compiled),
                                    settings().values()),
                            trainer.of(model, form(model), words(compiled.verbalizer())));
        });
    }

    /** Tunes for texts. */
    public TuningResult<TextProduct> tune(
            WritingTask task,
            List<ValuePair> train,
            List<ValuePair> dev,
            TuningRequest<TextProduct> request,
            TrainingOptions options,
            Trainer trainer) {
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTextTask compiled = compiled(task, model);
            return new TextTuning(model, compiled, options, request)
                    .run(
                            train,
                            dev,
                            trainer.of(model, form(model), List.of()),
                            settings().values());
        });
    }

    /** Reads what was tuned for labels, or for words. */
    public MaskProduct read(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTask compiled = compiled(task, model);
            return MaskProduct.read(model, compiled, asking(compiled), saved, weights -> settings()
                    .read(model, form(model), weights));
        });
    }

    /** Reads what was tuned for texts. */
    public TextProduct read(WritingTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTextTask compiled = compiled(task, model);
            saved.fit()
                    .accept(WritingProduct.identity(model, compiled, settings().values()));
            TextBackbone tuned = (TextBackbone) settings().read(model, form(model), saved);
            return new WritingProduct(model, compiled, tuned, settings().values());
        });
    }

    /** A task's first template behind them. */
    public CompiledTask compiled(LabelTask task, LanguageModel model) {
        return CompiledTask.behindVirtual(task, task.templates().get(0), model, length);
    }

    /** A task's template behind them. */
    public CompiledTextTask compiled(WritingTask task, LanguageModel model) {
        return CompiledTextTask.behindVirtual(task, model, length);
    }

    /** How they reach a model. */
    public VirtualTokens form(LanguageModel model) {
        return new VirtualTokens(length, model.backbone().shape().embeddingSize());
    }

    private Asking asking(CompiledTask compiled) {
        return Asking.plainly(compiled).with(settings().values());
    }

    private SoftSettings settings() {
        return new SoftSettings(length, false);
    }

    /** The first word of each label, then the second of each, and so on. */
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
