package dev.cloze.runtime.tuning.writing;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.template.EncodedText;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the texts a model is to write: a decoder's goes on after the prompt, behind a space unless the template ends with
 * a line or a special token; an encoder-decoder's is a text of its own. Both end with the model's end token.
 */
final class TargetEncoder {

    private final LanguageModel model;
    private final String separator;
    private final boolean begins;

    TargetEncoder(LanguageModel model, List<TemplatePart> parts) {
        this.model = model;
        if (model.backbone().kind() == BackboneKind.DECODER) {
            List<TemplatePart> read = TemplateSyntax.inOneSegment(parts);
            TemplatePart last = read.get(read.size() - 1);
            this.separator = isSpaceNext(last) ? " " : "";
            this.begins = last instanceof TemplatePart.Special
                    && model.tokenizer().addedTokens().textBeginsBehind();
        } else {
            this.separator = "";
            this.begins = true;
        }
    }

    /** Behind a line or a special token a text begins without a space. */
    private static boolean isSpaceNext(TemplatePart last) {
        if (last instanceof TemplatePart.Text text) {
            char end = text.text().charAt(text.text().length() - 1);
            return end == ' ' || !Character.isWhitespace(end);
        }
        return !(last instanceof TemplatePart.Special);
    }

    EncodedPair encode(EncodedText prompt, @Nullable String target, int room) {
        if (target == null) {
            throw new ClozeException(
                    Problem.INPUT_NULL, "The target of a pair is null.\n  Leave the pair out, or complete it.");
        }
        String text = target.strip();
        int[] tokens = text.isEmpty() ? new int[0] : model.tokenizer().encode(separator + text, begins);
        int[] ends = model.textEnds();
        int[] whole = Arrays.copyOf(tokens, tokens.length + Math.min(1, ends.length));
        System.arraycopy(ends, 0, whole, tokens.length, whole.length - tokens.length);
        if (whole.length == 0) {
            throw new ClozeException(
                    Problem.INPUT_NULL,
                    "The target of a pair is empty, and " + model.folder().name()
                            + " has no end token that could be learnt instead.\n  Leave the pair out, or complete it.");
        }
        boolean cut = whole.length > room;
        TextRow row = new TextRow(prompt.ids(), cut ? Arrays.copyOf(whole, room) : whole);
        return new EncodedPair(row, cut || prompt.cut());
    }
}
