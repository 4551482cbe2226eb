package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.TemplateColumn;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.vocabulary.AddedTokens;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a template, a model and an input must satisfy, each with the sentence that says so. */
final class TemplateChecks {

    private TemplateChecks() {}

    static void masks(List<TemplatePart> parts, SpecialTokens special) {
        List<TemplatePart> masks =
                parts.stream().filter(TemplatePart.Mask.class::isInstance).toList();
        if (masks.size() > 1) {
            throw new ClozeException(
                    Problem.TEMPLATE_REPEATED_MASK,
                    "{mask} at " + TemplateColumn.of(masks.get(1), parts)
                            + " of the template is one too many; the first is at "
                            + TemplateColumn.of(masks.get(0), parts) + "."
                            + "\n  A label word of several tokens gets as many masks as it needs by itself.");
        }
        if (!masks.isEmpty() && special.mask() < 0) {
            throw new ClozeException(
                    Problem.MODEL_UNSUPPORTED,
                    "The template has a mask, but the model's vocabulary has no token for it."
                            + "\n  An encoder needs a mask token, an encoder-decoder the sentinel <extra_id_0>."
                            + "\n  Use a model that was trained with one, such as bert-base-uncased, gpt2 or t5-small.");
        }
    }

    static void specialTokens(List<TemplatePart> parts, AddedTokens tokens) {
        for (TemplatePart part : parts) {
            if (part instanceof TemplatePart.Special special
                    && tokens.id(special.token()).isEmpty()) {
                throw new ClozeException(
                        Problem.TEMPLATE_UNKNOWN_SPECIAL_TOKEN,
                        "\"" + special.token() + "\" at " + TemplateColumn.of(special, parts)
                                + " of the template is no special token"
                                + " of the model.\n  " + tokens.suggestion(special.token())
                                + "\n  Write one of the tokens its tokenizer lists as added_tokens; ordinary words stand"
                                + " outside the braces.");
            }
        }
    }

    static void fits(int fixedLength, int maxLength, int maskCount) {
        if (fixedLength > maxLength) {
            throw new ClozeException(
                    Problem.TEMPLATE_TOO_LONG,
                    "The template alone is " + fixedLength + " tokens long, and an input may have " + maxLength + "."
                            + "\n  Counted are its fixed text, virtual tokens" + counted(maskCount)
                            + " and the model's special tokens."
                            + "\n  Shorten the template, or raise maxLength up to the model's maximum.");
        }
    }

    private static String counted(int maskCount) {
        return switch (maskCount) {
            case 0 -> "";
            case 1 -> ", one mask";
            default -> ", " + maskCount + " masks for the longest label word";
        };
    }

    static String value(@Nullable String value, String path, Collection<String> known) {
        if (value == null) {
            throw new ClozeException(
                    Problem.TEMPLATE_UNKNOWN_PLACEHOLDER,
                    "No value was given for {" + path + "} of the template.\n  Given are: " + String.join(", ", known)
                            + ". " + NearestName.suggestion(path, known));
        }
        return value;
    }

    static void maskIsThere(boolean there, int maskCount) {
        if (!there && maskCount > 0) {
            throw new ClozeException(
                    Problem.TEMPLATE_MISSING_MASK,
                    "The template has no {mask}, so there is no place for a label word."
                            + "\n  Write {mask} where the label word belongs: \"{title} It was {mask}.\"");
        }
    }

    /** Says which pieces need the room there is not. */
    static ClozeException noRoom(List<TemplatePiece> pieces, int[] kept, int missing, int maxLength, int maskCount) {
        String fixed = IntStream.range(0, pieces.size())
                .filter(i -> pieces.get(i) instanceof TemplatePiece.Slot)
                .filter(i -> kept[i] > 0)
                .mapToObj(i ->
                        "\n  {" + ((TemplatePiece.Slot) pieces.get(i)).path() + "|fixed} has " + kept[i] + " tokens.")
                .collect(Collectors.joining());
        return new ClozeException(
                Problem.INPUT_TOO_LONG,
                "What may not be cut has " + (maxLength + missing) + " tokens, but an input may have " + maxLength + "."
                        + fixed + "\n  The rest are fixed text, special tokens and " + maskCount
                        + (maskCount == 1 ? " mask." : " masks.")
                        + "\n  Shorten the text, take the filter \"fixed\" away or add \"limit:N\", or raise maxLength.");
    }
}
