package dev.cloze.runtime.template;

import java.util.List;
import java.util.function.Function;

/** Encodes the texts of a template one by one, with the whitespace each follows. */
final class TextRuns {

    private static final int[] NONE = {};

    private final TextEncoder encoder;
    private final int maxLength;
    private boolean start = true;
    private String space = "";

    private TextRuns(TextEncoder encoder, int maxLength) {
        this.encoder = encoder;
        this.maxLength = maxLength;
    }

    /**
     * The tokens of each piece, none for masks, virtual tokens and boundaries.
     *
     * @param maxLength the most of a placeholder's first tokens that can be of use
     */
    static int[][] of(
            List<TemplatePiece> pieces, Function<TemplatePiece.Slot, String> text, TextEncoder encoder, int maxLength) {
        TextRuns runs = new TextRuns(encoder, maxLength);
        int[][] tokens = new int[pieces.size()][];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = runs.next(pieces.get(i), text);
        }
        return tokens;
    }

    private int[] next(TemplatePiece piece, Function<TemplatePiece.Slot, String> text) {
        // Whitespace before an empty value goes on to what follows, unless that brings its own.
        space = piece.before().isEmpty() ? space : piece.before();
        if (piece instanceof TemplatePiece.Words words) {
            return passed(words.encode(encoder, start, space));
        }
        if (piece instanceof TemplatePiece.Slot slot) {
            String value = text.apply(slot);
            return value.isEmpty() ? NONE : passed(encode(slot, start ? value : space + value));
        }
        passed(NONE);
        start = piece instanceof TemplatePiece.Boundary;
        return NONE;
    }

    private int[] encode(TemplatePiece.Slot slot, String value) {
        boolean whole = slot.keepsEnd() || slot.fixed();
        return whole
                ? encoder.encode(value, start)
                : LongText.encode(encoder, value, start, Math.min(slot.limit(), maxLength));
    }

    private int[] passed(int[] tokens) {
        start = false;
        space = "";
        return tokens;
    }
}
