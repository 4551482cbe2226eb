package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.WordAnswers;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words at the mask: one template, one model, and the weights tuned from it if any. */
public final class MaskProduct implements LabelProduct {

    private final LanguageModel model;
    private final CompiledTask task;
    private final @Nullable Backbone tuned;
    private final Asking asking;
    private final Verbalization verbalization;

    private MaskProduct(
            LanguageModel model,
            CompiledTask task,
            @Nullable Backbone tuned,
            Asking asking,
            Verbalization verbalization) {
        this.model = model;
        this.task = task;
        this.tuned = tuned;
        this.asking = asking;
        this.verbalization = verbalization;
    }

    /** The pretrained model as it is. */
    public static MaskProduct untrained(LabelTask task) {
        return LanguageModel.lend(task.tuning(), model -> {
            return of(model, CompiledTask.of(task, task.templates().get(0), model), null);
        });
    }

    /** What was saved of an untrained one, or of one with tuned weights. */
    public static MaskProduct read(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            CompiledTask compiled = CompiledTask.of(task, task.templates().get(0), model);
            return read(model, compiled, Asking.plainly(compiled), saved, weights -> tuned(model, weights));
        });
    }

    /**
     * What was saved of one that asks so; what it was made for is checked first.
     *
     * @param weights reads what was tuned of the backbone, null where nothing was
     */
    public static MaskProduct read(
            LanguageModel model,
            CompiledTask task,
            Asking asking,
            SavedProduct saved,
            Function<SavedProduct, @Nullable Backbone> weights) {
        saved.fit().accept(identity(model, task, SavedVerbalizer.settings(asking.settings(), saved), asking.others()));
        Backbone tuned = weights.apply(SavedVerbalizer.withoutOwn(saved));
        return of(
                model, task, tuned, asking, backbone -> SavedVerbalizer.read(saved, task, asking.encoding(), backbone));
    }

    /** The weights that were saved; null where nothing was tuned. */
    public static @Nullable Backbone tuned(LanguageModel model, SavedProduct saved) {
        return saved.isUntrained()
                ? null
                : MissingHead.required(model.backbone().withWeights(saved.tensors(), saved.place()), saved.place());
    }

    /**
     * Takes over the model's lease and the tuned backbone; labels are scored by words. Where weights are no numbers or calibration
     * fails, the tuned backbone is closed and the lease stays the caller's.
     */
    public static MaskProduct of(LanguageModel model, CompiledTask task, @Nullable Backbone tuned) {
        return of(model, task, tuned, Asking.plainly(task));
    }

    /** The same where inputs are asked so. */
    public static MaskProduct of(LanguageModel model, CompiledTask task, @Nullable Backbone tuned, Asking asking) {
        return of(
                model,
                task,
                tuned,
                asking,
                backbone -> WordVerbalization.calibrated(task, asking.encoding(), backbone));
    }

    /**
     * The same where labels are scored so.
     *
     * @param verbalization given the backbone that answers
     */
    static MaskProduct of(
            LanguageModel model,
            CompiledTask task,
            @Nullable Backbone tuned,
            Asking asking,
            Function<Backbone, Verbalization> verbalization) {
        try {
            Backbone backbone = tuned == null ? model.backbone() : tuned;
            if (tuned == null) {
                model.requireFinite();
            } else {
                FiniteWeights.require(tuned, model.folder().name());
            }
            return new MaskProduct(model, task, tuned, asking, verbalization.apply(backbone));
        } catch (RuntimeException | Error e) {
            if (tuned != null) {
                tuned.close();
            }
            throw e;
        }
    }

    /** The same by words without calibration, which may be impossible with weights of a training that failed. */
    public static MaskProduct uncalibrated(LanguageModel model, CompiledTask task, Backbone tuned, Asking asking) {
        return uncalibrated(model, task, tuned, asking, WordVerbalization.plain(task));
    }

    /** The same by this verbalizer. */
    static MaskProduct uncalibrated(
            LanguageModel model, CompiledTask task, Backbone tuned, Asking asking, Verbalization verbalization) {
        return new MaskProduct(model, task, tuned, asking, verbalization);
    }

    /** The model, whose lease stays this product's. */
    public LanguageModel model() {
        return model;
    }

    /** What a product of this task and model with such settings is made for. */
    public static ProductIdentity identity(
            LanguageModel model, CompiledTask task, Map<String, String> settings, List<LanguageModel> others) {
        return new ProductIdentity(
                List.of(task.identity()),
                task.template().maxLength(),
                Stream.concat(Stream.of(model), others.stream())
                        .map(LanguageModel::identity)
                        .toList(),
                settings);
    }

    @Override
    public ProductIdentity identity() {
        Map<String, String> settings =
                SavedVerbalizer.settings(asking.settings(), verbalization.kind(), verbalization.settings());
        return identity(model, task, settings, asking.others());
    }

    @Override
    public Map<String, List<String>> texts() {
        Map<String, List<String>> texts = new LinkedHashMap<>(asking.texts());
        texts.putAll(verbalization.texts());
        return texts;
    }

    @Override
    public Optional<String> remark() {
        return asking.remark();
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(tuned == null ? Map.of() : tuned.tensors());
        tensors.putAll(verbalization.tensors());
        return tensors;
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return words(backbone()).answer(inputs);
    }

    private Backbone backbone() {
        return tuned == null ? model.backbone() : tuned;
    }

    /** What is said of the words by that backbone. */
    private WordAnswers words(Backbone asked) {
        return new WordAnswers() {
            @Override
            public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
                return MaskAnswers.by(verbalization, asking.encoding(), asked).answer(inputs);
            }

            @Override
            public List<LabelAnswer> answer(List<Map<String, String>> inputs, List<String> candidates) {
                return MaskAnswers.of(task.withCandidates(candidates, model), asking.encoding(), asked)
                        .answer(inputs);
            }
        };
    }

    /** The words it is asked about, in the order of their scores. */
    public List<LabelWord> words() {
        return task.verbalizer().words();
    }

    /** The place of a word among them; empty where it is none of them. */
    public OptionalInt placeOf(String word) {
        return task.labelOf(word, model);
    }

    /** The answers about other words, each of which stands for itself, calibrated as the task says, which asks about them once more. */
    public List<LabelAnswer> answer(List<Map<String, String>> inputs, List<String> candidates) {
        return words(backbone()).answer(inputs, candidates);
    }

    @Override
    public Optional<Sharing<LabelAnswers>> sharing() {
        return sharingOfWords().map(sharing -> sharing.map(words -> words::answer));
    }

    /** The same where it is asked about other words too. */
    public Optional<Sharing<WordAnswers>> sharingOfWords() {
        return SoftBackbone.sharing(model.backbone(), tuned)
                .map(asked -> new Sharing<>(model, other -> words(asked.apply(other))));
    }

    @Override
    public void close() {
        if (tuned != null) {
            tuned.close();
        }
        asking.close();
        model.close();
    }
}
