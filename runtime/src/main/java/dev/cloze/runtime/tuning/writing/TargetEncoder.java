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
 * Encodes the texts a model is to write: a decoder's goes on after the prompt, behind the white space the template ends
 * with or else a space; an encoder-decoder's is a text of its own. Both end with the model's end token.
 */
final class TargetEncoder {

    private final LanguageModel model;
    private final String separator;

    TargetEncoder(LanguageModel model, List<TemplatePart> parts) {
        this.model = model;
        this.separator =
                model.backbone().kind() == BackboneKind.DECODER ? separator(TemplateSyntax.inOneSegment(parts)) : "";
    }

    private static String separator(List<TemplatePart> parts) {
        if (!parts.isEmpty() && parts.get(parts.size() - 1) instanceof TemplatePart.Text last) {
            String text = last.text();
            String space = text.substring(text.stripTrailing().length());
            return space.isEmpty() ? " " : space;
        }
        return " ";
    }

    EncodedPair encode(EncodedText prompt, @Nullable String target, int room) {
        if (target == null) {
            throw new ClozeException(
                    Problem.INPUT_NULL, "The target of a pair is null.\n  Leave the pair out, or complete it.");
        }
        String text = target.strip();
        int[] tokens = text.isEmpty() ? new int[0] : model.tokenizer().encode(separator + text, separator.isEmpty());
        int[] end = model.textEnd();
        int[] whole = Arrays.copyOf(tokens, tokens.length + end.length);
        System.arraycopy(end, 0, whole, tokens.length, end.length);
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
