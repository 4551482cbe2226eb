package dev.cloze.runtime.classification;

import dev.cloze.annotations.syntax.TemplateColumn;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Says which tokens a pretrained model expects at the mask of a text. */
public final class MaskFiller implements AutoCloseable {

    private final LanguageModel model;

    private MaskFiller(LanguageModel model) {
        this.model = model;
    }

    /**
     * One token at the mask.
     *
     * @param token as the model's vocabulary spells it ({@code paris}, {@code ##s}, {@code Ġgreat})
     * @param id its number in the vocabulary
     * @param probability 0 to 1, over the whole vocabulary
     */
    public record Filling(String token, int id, double probability) {}

    /**
     * Opens a model by name or folder, see {@link LanguageModel#open(String)}; {@code CHECKPOINT_MISSING_WEIGHT} where it was
     * stored without its head.
     */
    public static MaskFiller open(String model) {
        LanguageModel opened = LanguageModel.open(model);
        try {
            opened.requireHead();
            opened.requireFinite();
            return new MaskFiller(opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** The model that is asked. */
    public LanguageModel model() {
        return model;
    }

    /** How many tokens the model chooses from. */
    public int vocabularySize() {
        return model.backbone().shape().vocabularySize();
    }

    /**
     * The most probable tokens, the most probable first; of equally probable ones the one with the lower id.
     *
     * @param text with one {@code {mask}}, the last of it where the model is a decoder; other braces are doubled. Its white
     *     space is read as written, but for a space before the mask, which belongs to the word that is to be filled in
     * @param top how many, 1 to {@link #vocabularySize}
     * @throws ClozeException TEMPLATE_SYNTAX, TEMPLATE_MISSING_MASK, TEMPLATE_REPEATED_MASK,
     *     TEMPLATE_MASK_NOT_LAST, TEMPLATE_UNKNOWN_PLACEHOLDER, TEMPLATE_UNKNOWN_SPECIAL_TOKEN,
     *     TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD, TEMPLATE_TOO_LONG for a text the model cannot read whole, or
     *     MODEL_NOT_FINITE
     */
    public List<Filling> fill(String text, int top) {
        if (top < 1 || top > vocabularySize()) {
            throw new IllegalArgumentException("top is " + top + ", not 1 to " + vocabularySize());
        }
        return fill(encode(text), top);
    }

    /** The same of a text that has been encoded, with one mask. */
    List<Filling> fill(EncodedText text, int top) {
        float[] logarithms = model.backbone().scores(List.of(ModelTemplate.row(text)), new int[0], true)[0][0];
        for (float logarithm : logarithms) {
            FiniteScores.requireLogarithm(logarithm, "the mask");
        }
        return IntStream.range(0, logarithms.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> logarithms[id])
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(top)
                .map(id -> new Filling(model.tokenizer().token(id), id, Math.exp(logarithms[id])))
                .toList();
    }

    private EncodedText encode(String text) {
        List<TemplatePart> parts = TemplateSyntax.parse(text);
        parts.forEach(part -> refuseWhatNeedsATask(part, TemplateColumn.in(text, part.column())));
        int most = model.backbone().shape().maxLength();
        return ModelTemplate.asWritten(parts, model, most).encode(Map.of(), 1);
    }

    private static void refuseWhatNeedsATask(TemplatePart part, String at) {
        if (part instanceof TemplatePart.Placeholder placeholder) {
            throw new ClozeException(
                    Problem.TEMPLATE_UNKNOWN_PLACEHOLDER,
                    "{" + placeholder.path() + "} at " + at + " names nothing: a text that is filled"
                            + " has no placeholders.\n  Write {mask} for the word to be filled, and {{ and }} for braces.");
        }
        if (part instanceof TemplatePart.Soft) {
            throw new ClozeException(
                    Problem.TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD,
                    "{soft} at " + at + " stands for virtual tokens, which a pretrained model has"
                            + " none of.\n  Write words in its place; virtual tokens are learnt by soft methods.");
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
