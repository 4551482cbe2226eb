package dev.cloze.vocabulary.folder;

import java.util.List;

/**
 * A SentencePiece model, as far as Hugging Face's converter looks at it.
 *
 * @param pieces the tokens in the order of their ids
 * @param type {@link #UNIGRAM} or {@link #BYTE_PAIRS}
 * @param unknownId the id of the token for what no other covers
 * @param unknownPiece how that one is spelled
 * @param charsMap the compiled table of replacements that a text goes through first; empty if there is none
 */
record SentencePieceModel(List<Piece> pieces, int type, int unknownId, String unknownPiece, byte[] charsMap) {

    static final int UNIGRAM = 1;
    static final int BYTE_PAIRS = 2;

    /**
     * One token.
     *
     * @param score its log-probability; of byte pairs, the higher the earlier they are merged
     */
    record Piece(String text, float score, int type) {

        static final int NORMAL = 1;
        static final int CONTROL = 3;
        static final int USER_DEFINED = 4;
    }

    boolean has(String token) {
        return pieces.stream().anyMatch(piece -> piece.text().equals(token));
    }
}
