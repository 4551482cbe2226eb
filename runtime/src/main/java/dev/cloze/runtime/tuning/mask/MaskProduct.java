package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words at the mask: one template, one model, and the weights tuned from it if any. */
public final class MaskProduct implements LabelProduct {

    private final LanguageModel model;
    private final CompiledTask task;
    private final @Nullable Backbone tuned;
    private final Asking asking;
    private final MaskAnswers answers;

    private MaskProduct(
            LanguageModel model, CompiledTask task, @Nullable Backbone tuned, Asking asking, MaskAnswers answers) {
        this.model = model;
        this.task = task;
        this.tuned = tuned;
        this.asking = asking;
        this.answers = answers;
    }

    /** The pretrained model as it is. */
    public static MaskProduct untrained(LabelTask task) {
        return LanguageModel.lend(task.tuning().backbone(), model -> {
            return of(model, CompiledTask.of(task, task.templates().get(0), model), null);
        });
    }

    /** What was saved of an untrained one, or of one with tuned weights. */
    public static MaskProduct read(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning().backbone(), model -> {
            CompiledTask compiled = CompiledTask.of(task, task.templates().get(0), model);
            saved.fit().accept(identity(model, compiled, Map.of(), List.of()));
            return of(model, compiled, tuned(model, saved));
        });
    }

    /** The weights that were saved; null where nothing was tuned. */
    public static @Nullable Backbone tuned(LanguageModel model, SavedProduct saved) {
        return saved.isUntrained()
                ? null
                : MissingHead.required(model.backbone().withWeights(saved.tensors(), saved.place()), saved.place());
    }

    /**
     * Takes over the model's lease and the tuned backbone. Where weights are no numbers or calibration fails, the tuned backbone is closed and the
     * lease stays the caller's.
     */
    public static MaskProduct of(LanguageModel model, CompiledTask task, @Nullable Backbone tuned) {
        return of(model, task, tuned, Asking.plainly(task));
    }

    /** The same where inputs are asked so. */
    public static MaskProduct of(LanguageModel model, CompiledTask task, @Nullable Backbone tuned, Asking asking) {
        try {
            Backbone backbone = tuned == null ? model.backbone() : tuned;
            FiniteWeights.require(backbone, model.folder().name());
            return new MaskProduct(model, task, tuned, asking, MaskAnswers.of(task, asking.encoding(), backbone));
        } catch (RuntimeException | Error e) {
            if (tuned != null) {
                tuned.close();
            }
            throw e;
        }
    }

    /** The same without calibration, which may be impossible with weights of a training that failed. */
    public static MaskProduct uncalibrated(LanguageModel model, CompiledTask task, Backbone tuned, Asking asking) {
        return new MaskProduct(model, task, tuned, asking, MaskAnswers.uncalibrated(task, asking.encoding(), tuned));
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
        return identity(model, task, asking.settings(), asking.others());
    }

    @Override
    public Map<String, List<String>> texts() {
        return asking.texts();
    }

    @Override
    public Optional<String> remark() {
        return asking.remark();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return tuned == null ? Map.of() : tuned.tensors();
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return answers.answer(inputs);
    }

    /** The words it is asked about, in the order of their scores. */
    public List<LabelWord> words() {
        return task.verbalizer().words();
    }

    /** The place of a word among them; empty where it is none of them. */
    public OptionalInt placeOf(String word) {
        return task.labelOf(word, model);
    }

    /** The answers about other words, each of which stands for itself; they are not calibrated. */
    public List<LabelAnswer> answer(List<Map<String, String>> inputs, List<String> candidates) {
        Backbone backbone = tuned == null ? model.backbone() : tuned;
        return MaskAnswers.uncalibrated(task.withCandidates(candidates, model), asking.encoding(), backbone)
                .answer(inputs);
    }

    @Override
    public Optional<Sharing<LabelAnswers>> sharing() {
        return SoftBackbone.sharing(model.backbone(), tuned)
                .map(asked -> new Sharing<>(model, other -> answers.over(asked.apply(other))));
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
