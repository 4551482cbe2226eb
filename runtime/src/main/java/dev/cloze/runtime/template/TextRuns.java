package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.Spacing;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TextFlow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Encodes the texts of a template one by one, with the white space each follows; what is fixed, once for each place. */
final class TextRuns {

    private static final int[] NONE = {};

    private final List<TemplatePiece> pieces;
    private final Spacing spacing;
    private final TextEncoder encoder;
    private final int maxLength;
    private final @Nullable String behind;
    private final Map<TextFlow.Run, int[]> fixed = new ConcurrentHashMap<>();

    /** @param maxLength the most of a placeholder's first tokens that can be of use */
    TextRuns(List<TemplatePiece> pieces, Spacing spacing, TextEncoder encoder, int maxLength) {
        this(pieces, spacing, encoder, maxLength, null);
    }

    private TextRuns(
            List<TemplatePiece> pieces, Spacing spacing, TextEncoder encoder, int maxLength, @Nullable String behind) {
        this.pieces = pieces;
        this.spacing = spacing;
        this.encoder = encoder;
        this.maxLength = maxLength;
        this.behind = behind;
    }

    /** The same where the template goes on from other text behind this white space. */
    TextRuns behind(String space) {
        return new TextRuns(pieces, spacing, encoder, maxLength, space);
    }

    /** The tokens of each piece where the placeholders have these texts; none for masks, virtual tokens and boundaries. */
    int[][] of(Function<Placeholder, String> values) {
        TextFlow flow = behind == null ? new TextFlow(spacing) : new TextFlow(spacing, behind);
        int[][] tokens = new int[pieces.size()][];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = tokens(pieces.get(i), flow.next(pieces.get(i).spaced(), values));
        }
        return tokens;
    }

    private int[] tokens(TemplatePiece piece, TextFlow.Run run) {
        if (piece instanceof TemplatePiece.Slot slot) {
            return run.text().isEmpty() ? NONE : encode(slot, run);
        }
        int[] text = run.text().isEmpty() ? NONE : fixed.computeIfAbsent(run, this::encode);
        if (piece instanceof TemplatePiece.Special special) {
            int[] withToken = Arrays.copyOf(text, text.length + 1);
            withToken[text.length] = special.id();
            return withToken;
        }
        return text;
    }

    private int[] encode(TextFlow.Run run) {
        if (run.trails()) {
            int letter = encoder.encode(TextFlow.Run.LETTER, false).length;
            int[] behind = encoder.encode(TextFlow.Run.LETTER + run.text(), false);
            return Arrays.copyOfRange(behind, Math.min(letter, behind.length), behind.length);
        }
        return encoder.encode(run.text(), run.begins());
    }

    private int[] encode(TemplatePiece.Slot slot, TextFlow.Run run) {
        boolean whole = slot.keepsEnd() || slot.fixed();
        return whole
                ? encode(run)
                : LongText.encode(encoder, run.text(), run.begins(), Math.min(slot.limit(), maxLength));
    }
}
