package dev.cloze.vocabulary.folder;

import java.util.ArrayList;
import java.util.List;

/** CamemBERT's use of SentencePiece: fairseq's tokens first, of which three are never used, then all but the model's. */
final class CamembertPieces extends SentencePieceFamily {

    private static final List<String> FIRST = List.of("<s>NOTUSED", "<pad>", "</s>NOTUSED", "<unk>");
    private static final String UNKNOWN_OF_MODEL = "<unk>NOTUSED";
    private static final double NEVER = -100;
    private static final int REPLACED = 1;

    CamembertPieces(TokenizerFolder folder, SentencePieceModel model) {
        super(folder, model);
    }

    @Override
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        FIRST.forEach(token -> tokens.add(new Token(token, 0)));
        tokens.add(new Token(UNKNOWN_OF_MODEL, NEVER));
        model.pieces().stream().skip(REPLACED).forEach(piece -> tokens.add(new Token(piece.text(), piece.score())));
        tokens.add(new Token("<mask>", 0));
        return tokens;
    }

    @Override
    int unknownId() {
        return FIRST.indexOf("<unk>");
    }

    @Override
    void addSpecialTokens(TokenizerJson tokenizer) {
        XlmRobertaPieces.addSpecialTokensOfFairseq(tokenizer);
        FIRST.forEach(token -> tokenizer.mark(token, true));
        tokenizer.mark(UNKNOWN_OF_MODEL, true);
    }
}
