package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words at the mask: one template, one model, and the weights tuned from it if any. */
public final class MaskProduct implements LabelProduct {

    private final LanguageModel model;
    private final CompiledTask task;
    private final @Nullable Backbone tuned;
    private final MaskAnswers answers;

    private MaskProduct(LanguageModel model, CompiledTask task, @Nullable Backbone tuned, MaskAnswers answers) {
        this.model = model;
        this.task = task;
        this.tuned = tuned;
        this.answers = answers;
    }

    /** The pretrained model as it is. */
    public static MaskProduct untrained(LabelTask task) {
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            return of(model, CompiledTask.of(task, task.templates().get(0), model), null);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** What was saved of an untrained one, or of one with tuned weights. */
    public static MaskProduct read(LabelTask task, SavedProduct saved) {
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            CompiledTask compiled = CompiledTask.of(task, task.templates().get(0), model);
            saved.fit().accept(identity(model, compiled));
            return of(model, compiled, saved.isUntrained() ? null : tuned(model, saved));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static Backbone tuned(LanguageModel model, SavedProduct saved) {
        return MissingHead.required(model.backbone().withWeights(saved.tensors(), saved.place()), saved.place());
    }

    /**
     * Takes over the model's lease and the tuned backbone. Where weights are no numbers or calibration fails, the tuned backbone is closed and the
     * lease stays the caller's.
     */
    public static MaskProduct of(LanguageModel model, CompiledTask task, @Nullable Backbone tuned) {
        try {
            Backbone backbone = tuned == null ? model.backbone() : tuned;
            FiniteWeights.require(backbone, model.folder().name());
            return new MaskProduct(model, task, tuned, MaskAnswers.of(task, backbone));
        } catch (RuntimeException | Error e) {
            if (tuned != null) {
                tuned.close();
            }
            throw e;
        }
    }

    /** The same without calibration, which may be impossible with weights of a training that failed. */
    public static MaskProduct uncalibrated(LanguageModel model, CompiledTask task, Backbone tuned) {
        return new MaskProduct(model, task, tuned, MaskAnswers.uncalibrated(task, tuned));
    }

    private static ProductIdentity identity(LanguageModel model, CompiledTask task) {
        return new ProductIdentity(
                List.of(task.identity()), task.template().maxLength(), List.of(model.identity()), Map.of());
    }

    @Override
    public ProductIdentity identity() {
        return identity(model, task);
    }

    @Override
    public Map<String, Tensor> tensors() {
        return tuned == null ? Map.of() : tuned.tensors();
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return answers.answer(inputs);
    }

    @Override
    public void close() {
        if (tuned != null) {
            tuned.close();
        }
        model.close();
    }
}
