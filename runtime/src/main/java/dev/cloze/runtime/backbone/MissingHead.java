package dev.cloze.runtime.backbone;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** Refuses questions about words to models that were stored without their language-model head. */
public final class MissingHead {

    private MissingHead() {}

    /**
     * Does nothing where the backbone has a head.
     *
     * @param model its name, for messages
     * @throws ClozeException CHECKPOINT_MISSING_WEIGHT
     */
    public static void refuse(Backbone backbone, String model) {
        backbone.missingHead().ifPresent(tensor -> {
            throw new ClozeException(
                    Problem.CHECKPOINT_MISSING_WEIGHT,
                    "The checkpoint of " + model + " has no tensor " + tensor + ".\n  It belongs to "
                            + head(backbone.kind())
                            + "."
                            + "\n  Take the checkpoint of the pretrained model, not of one fine-tuned without its head."
                            + "\n  Without a head a model is good for what reads its hidden states: classification by a"
                            + " head of its own, and sentence vectors.");
        });
    }

    /** The backbone, which is closed where it is refused. */
    public static <B extends Backbone> B required(B loaded, String model) {
        try {
            refuse(loaded, model);
            return loaded;
        } catch (ClozeException e) {
            loaded.close();
            throw e;
        }
    }

    private static String head(BackboneKind kind) {
        return kind == BackboneKind.ENCODER
                ? "the masked-LM head, without which nothing can be predicted at the mask"
                : "the language-model head, without which no next token can be predicted";
    }
}
