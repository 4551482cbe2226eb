package dev.cloze.runtime.serving;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.tuning.Product;
import java.util.List;

/** Why a pipeline can't be served beside others. */
final class Refusal {

    private static final String METHODS = "\n"
            + "  Served together are prompts on a model that stays as it is: PROMPT_TUNING, P_TUNING with"
            + " freezeBackbone, PREFIX_TUNING,\n"
            + "  P_TUNING_V2, MULTITASK_PROMPT_TUNING, IN_CONTEXT, and pipelines without training. Use this one by itself.";

    private Refusal() {}

    /** It has weights of its own, several models or none. */
    static ClozeException notShared(String task, TuningMethod method, Product product) {
        List<ModelIdentity> models = product.identity().models();
        String why = models.isEmpty()
                ? "asks no language model that others could ask with it"
                : models.stream().distinct().count() > 1
                        ? "asks " + models.size() + " models"
                        : "has tuned weights of its own, which nobody else is asked by";
        return new ClozeException(
                Problem.SERVING_BACKBONE,
                "The pipeline of " + task + " can't be served together with others: by " + method + " it " + why + "."
                        + METHODS);
    }

    /** It shares another model than the engine's. */
    static ClozeException otherModel(String task, LanguageModel asked, LanguageModel served) {
        boolean alike = asked.identity().weightsHash().equals(served.identity().weightsHash());
        return new ClozeException(
                Problem.SERVING_BACKBONE,
                "The pipeline of " + task + " was made for " + asked.folder().name() + ", and this engine serves "
                        + served.folder().name() + "."
                        + (alike
                                ? "\n  Their weights are equal, but they are two copies: "
                                        + asked.folder().path() + " on "
                                        + asked.backbone().device() + " and "
                                        + served.folder().path() + " on "
                                        + served.backbone().device() + "."
                                        + "\n  Name the same folder and device in both tasks."
                                : "\n  An engine asks one model, with the weights that its first pipeline came with."
                                        + "\n  Add this one to an engine of its own."));
    }

    /** It is nothing that knows how to be served. */
    static ClozeException unknown(Object pipeline) {
        return new ClozeException(
                Problem.SERVING_BACKBONE,
                "A " + pipeline.getClass().getName()
                        + " can't be added to an engine: it is served already, or no pipeline that"
                        + " was loaded, trained or opened by Cloze."
                        + "\n  Add what ReviewPipeline.load(folder), zeroShot() or trainer().fit(...) gives, once.");
    }
}
