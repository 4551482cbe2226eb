package dev.cloze.annotations.syntax;

import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import java.util.function.Function;

/** Follows one input through a template from left to right and says what text is encoded at each part. */
public final class TextFlow {

    /**
     * A text to encode.
     *
     * @param text with the white space before it; empty where there is nothing to encode
     * @param begins whether it is encoded like the beginning of a text
     * @param trails whether it is white space alone, behind text: some tokenizers would put a space before it if it were
     *     encoded for itself, so that it is encoded behind a letter
     */
    public record Run(String text, boolean begins, boolean trails) {

        private static final Run NOTHING = new Run("", false, false);

        /** The letter behind which white space is encoded. */
        public static final String LETTER = "a";
    }

    private final Spacing spacing;
    private boolean spaceless;
    private boolean begins = true;
    private boolean behindText;
    private String space = "";

    /** Begins at the template's start. */
    public TextFlow(Spacing spacing) {
        this.spacing = spacing;
        this.spaceless = !spacing.asWritten();
    }

    /** Begins at the template's start, which goes on from other text behind this white space. */
    public TextFlow(Spacing spacing, String behind) {
        this.spacing = spacing;
        this.spaceless = false;
        this.begins = false;
        this.behindText = true;
        this.space = behind;
    }

    /**
     * The text at the next part: before the token where that is a special one, and before the mask, which go without one
     * where no white space is kept.
     *
     * @param values the text of a placeholder, without white space at its ends
     */
    public Run next(SpacedPart spaced, Function<? super Placeholder, String> values) {
        // White space before an empty value goes on to what follows, unless that brings its own.
        space = spaced.before().isEmpty() ? space : spaced.before();
        TemplatePart part = spaced.part();
        if (part instanceof Placeholder placeholder) {
            String value = values.apply(placeholder);
            return value.isEmpty() ? Run.NOTHING : run(space, value);
        }
        if (part instanceof Text text) {
            return text.text().isEmpty()
                    ? run(spacing.leftToRight() ? Spacing.beforeWord(space) : space, "")
                    : run(space, text.text());
        }
        Run run = run(kept(part), "");
        spaceless = part instanceof Separator;
        begins = spaceless || (part instanceof Special && spacing.special().textBeginsBehind());
        behindText = false;
        return run;
    }

    private String kept(TemplatePart part) {
        if (part instanceof Special special) {
            return spacing.special().takesSpaceBefore(special.token()) ? "" : space;
        }
        return part instanceof Mask && spacing.leftToRight() ? Spacing.beforeWord(space) : "";
    }

    private Run run(String before, String text) {
        Run run = new Run(spaceless ? text : before + text, begins, behindText && text.isEmpty());
        space = "";
        if (!run.text().isEmpty()) {
            spaceless = false;
            begins = false;
            behindText = true;
        }
        return run.text().isEmpty() ? Run.NOTHING : run;
    }
}
