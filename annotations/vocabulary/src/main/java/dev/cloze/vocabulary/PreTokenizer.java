package dev.cloze.vocabulary;

import java.util.ArrayList;
import java.util.List;

/** Splits a piece of normalized text into the pieces the model sees one by one; empty pieces are dropped. */
@FunctionalInterface
interface PreTokenizer {

    PreTokenizer NONE = (piece, place) -> List.of(piece);

    List<Piece> split(Piece piece, Place place);

    /** This one, then the next on each of its pieces. */
    default PreTokenizer then(PreTokenizer next) {
        return (piece, place) -> {
            List<Piece> pieces = new ArrayList<>();
            for (Piece part : split(piece, place)) {
                pieces.addAll(next.split(part, place));
            }
            return pieces;
        };
    }
}
