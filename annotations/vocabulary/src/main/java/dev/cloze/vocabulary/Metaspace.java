package dev.cloze.vocabulary;

import java.util.List;

/** SentencePiece's splitting: spaces become {@code ▁}, words begin with one. */
record Metaspace(String replacement, Scheme scheme, boolean split) implements PreTokenizer {

    /** When a piece that does not begin with the replacement gets one. */
    enum Scheme {
        ALWAYS,
        FIRST,
        NEVER
    }

    static Metaspace read(Fields fields) {
        Scheme scheme =
                switch (fields.text("prepend_scheme", "always")) {
                    case "always" -> Scheme.ALWAYS;
                    case "first" -> Scheme.FIRST;
                    case "never" -> Scheme.NEVER;
                    default -> throw Unreadable.unsupported("prepend_scheme", fields.text("prepend_scheme"));
                };
        // Files from before prepend_scheme said only yes or no.
        boolean prefixed = fields.flag("add_prefix_space", scheme != Scheme.NEVER);
        return new Metaspace(fields.text("replacement"), prefixed ? scheme : Scheme.NEVER, fields.flag("split", true));
    }

    @Override
    public List<Piece> split(Piece piece, Place place) {
        String text = piece.text().replace(" ", replacement);
        if (!text.startsWith(replacement) && isPrefixed(piece, place)) {
            text = replacement + text;
        }
        Piece marked = new Piece(text, piece.first());
        return split ? words().split(marked, place) : List.of(marked);
    }

    private boolean isPrefixed(Piece piece, Place place) {
        return switch (scheme) {
            case ALWAYS -> place.mayPrefix(piece);
            case FIRST -> place == Place.TEXT_START && piece.first();
            case NEVER -> false;
        };
    }

    private PreTokenizer words() {
        int mark = replacement.codePointAt(0);
        return Pattern.characters(c -> c == mark).splitting(Behavior.MERGED_WITH_NEXT);
    }
}
