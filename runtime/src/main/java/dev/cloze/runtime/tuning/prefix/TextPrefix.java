package dev.cloze.runtime.tuning.prefix;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.decoder.Decoder;
import dev.cloze.runtime.model.LanguageModel;

/**
 * The keys and values that a decoder itself has of a real text: with them as its prefix it reads on as if the text stood before
 * its input (Li and Liang 2021, arXiv 2101.00190, section 7.4, which starts so where data are few).
 *
 * @param ids the text's tokens, P
 * @param numbers (P, 2 L H D), row by row
 */
public record TextPrefix(int[] ids, float[] numbers) {

    /**
     * Of a text, without special tokens around it.
     *
     * @throws ClozeException TUNING_BACKBONE_UNSUPPORTED where the model is no decoder, TUNING_OPTION_OUT_OF_RANGE where the
     *     text has no tokens
     */
    public static TextPrefix of(LanguageModel model, String text) {
        if (!(model.backbone() instanceof Decoder decoder)) {
            throw new ClozeException(
                    Problem.TUNING_BACKBONE_UNSUPPORTED,
                    "initialText = \"" + text + "\" can't start the prefixes of "
                            + model.folder().name()
                            + ": only a decoder reads a text before its input by keys and values alone."
                            + "\n  Leave it out, or name a decoder in @Tuning(backbone = \"...\"), such as gpt2.");
        }
        int[] ids = model.tokenizer().encode(text, false);
        if (ids.length == 0) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_OUT_OF_RANGE,
                    "initialText = \"" + text + "\" has no tokens, so that there is nothing to start a prefix from."
                            + "\n  Write some words, such as what the task is: \"summarize\".");
        }
        try (NDManager scope = decoder.memory().newSubManager()) {
            return new TextPrefix(ids, numbers(scope, decoder, ids));
        }
    }

    static float[] numbers(NDManager scope, Decoder decoder, int[] ids) {
        NDArray all = NDArrays.concat(new NDList(decoder.activations(scope, ids)), 0); // (2L, H, P, D)
        all.attach(scope);
        NDArray turned = all.transpose(2, 0, 1, 3);
        turned.attach(scope);
        return turned.toFloatArray();
    }
}
