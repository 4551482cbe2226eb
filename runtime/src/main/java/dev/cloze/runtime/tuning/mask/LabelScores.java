package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import java.util.List;

/** The label scores that a training optimises, computed with the graph behind them. */
interface LabelScores {

    /** Makes them of what is trained. */
    interface Plan {

        /**  kernel with the operations of {@code tuning} */
        LabelScores of(Backbone backbone, Kernel kernel);
    }

    /**
     * Those of a task's words: a model that writes text is asked for words of several tokens as texts; one with masks, at so many
     * masks.
     */
    static Plan of(LanguageModel model, CompiledTask compiled, ExampleTexts texts, LabelLoss loss) {
        if (isWritten(model, compiled)) {
            WrittenWords words = new WrittenWords(model, compiled.verbalizer());
            return (backbone, kernel) -> new WrittenScores((TextBackbone) backbone, kernel, words, texts);
        }
        return atMasks(LabelProjection.of(compiled.verbalizer(), loss), texts);
    }

    /** Those of what is said at the masks of texts. */
    static Plan atMasks(List<LabelProjection> projections, ExampleTexts texts) {
        ExampleRows<TokenRow> rows = ExampleRows.of(
                texts,
                (projection, text) ->
                        ModelTemplate.row(text.apply(projections.get(projection).masks())));
        return (backbone, kernel) -> new ProjectedScores(backbone, kernel, projections, rows);
    }

    /** Whether words are scored as texts that are written. */
    static boolean isWritten(LanguageModel model, CompiledTask compiled) {
        return compiled.verbalizer().isJoint() && model.backbone() instanceof TextBackbone;
    }

    /** The same for one micro-batch, see {@link ExampleTexts#drawn}. */
    LabelScores drawn(int[] batch, long seed);

    /** The places in this batch of the examples of each bucket of like length. */
    List<int[]> buckets(int[] batch);

    /** The scores of the labels, (B, C) in that scope. */
    NDArray of(NDManager scope, int[] members, Dropout dropout);
}
