package dev.cloze.vocabulary.folder;

import java.util.ArrayList;
import java.util.List;

/** XLM-RoBERTa's use of SentencePiece: fairseq's four special tokens take the place of the model's three. */
final class XlmRobertaPieces extends SentencePieceFamily {

    private static final List<String> FIRST = List.of("<s>", "<pad>", "</s>", "<unk>");
    private static final int REPLACED = 3;

    XlmRobertaPieces(TokenizerFolder folder, SentencePieceModel model) {
        super(folder, model);
    }

    @Override
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        FIRST.forEach(token -> tokens.add(new Token(token, 0)));
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
        addSpecialTokensOfFairseq(tokenizer);
    }

    /** The roles and the frame that all models trained with fairseq have. */
    static void addSpecialTokensOfFairseq(TokenizerJson tokenizer) {
        tokenizer.special("bos_token", "<s>");
        tokenizer.special("cls_token", "<s>");
        tokenizer.special("eos_token", "</s>");
        tokenizer.special("sep_token", "</s>");
        tokenizer.special("unk_token", "<unk>");
        tokenizer.special("pad_token", "<pad>");
        tokenizer.special("mask_token", "<mask>");
        tokenizer.put(
                "post_processor",
                tokenizer.template(List.of("<s>", "$A", "</s>"), List.of("<s>", "$A", "</s>", "</s>", "$B", "</s>")));
    }
}
