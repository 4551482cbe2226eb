package dev.cloze.runtime.template;

import java.util.List;
import java.util.function.Function;

/** Encodes the texts of a template one by one, with the whitespace each follows. */
final class TextRuns {

    private static final int[] NONE = {};

    private final TextEncoder encoder;
    private boolean start = true;
    private String space = "";

    private TextRuns(TextEncoder encoder) {
        this.encoder = encoder;
    }

    /** The tokens of each piece, none for masks, virtual tokens and boundaries. */
    static int[][] of(List<TemplatePiece> pieces, Function<TemplatePiece.Slot, String> text, TextEncoder encoder) {
        TextRuns runs = new TextRuns(encoder);
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
            return value.isEmpty() ? NONE : passed(encoder.encode(start ? value : space + value, start));
        }
        passed(NONE);
        start = piece instanceof TemplatePiece.Boundary;
        return NONE;
    }

    private int[] passed(int[] tokens) {
        start = false;
        space = "";
        return tokens;
    }
}
