package dev.cloze.vocabulary.folder;

import com.google.gson.JsonObject;
import dev.cloze.vocabulary.folder.SentencePieceModel.Piece;
import java.util.ArrayList;
import java.util.List;

/** ALBERT's use of SentencePiece: lower case without accents, unless the settings say otherwise. */
final class AlbertPieces extends SentencePieceFamily {

    private static final double PENALTY = 100;

    AlbertPieces(TokenizerFolder folder, SentencePieceModel model) {
        super(folder, model);
    }

    @Override
    List<Token> tokens() {
        return model.pieces().stream()
                .map(piece -> new Token(piece.text(), piece.score() - (endsInNumberAndComma(piece) ? PENALTY : 0)))
                .toList();
    }

    /** ALBERT's own tokenizer splits {@code "9,"}; the penalty keeps such a piece from being chosen. */
    private static boolean endsInNumberAndComma(Piece piece) {
        String text = piece.text();
        return text.endsWith(",") && text.length() > 1 && Character.isDigit(text.codePointBefore(text.length() - 1));
    }

    @Override
    void addSpecialTokens(TokenizerJson tokenizer) {
        tokenizer.special("cls_token", "[CLS]");
        tokenizer.special("sep_token", "[SEP]");
        tokenizer.special("mask_token", "[MASK]");
        tokenizer.special("unk_token", "<unk>");
        tokenizer.special("pad_token", "<pad>");
        tokenizer.put(
                "post_processor",
                tokenizer.template(
                        List.of("[CLS]", "$A", "[SEP]"), List.of("[CLS]", "$A", "[SEP]", "$B:1", "[SEP]:1")));
    }

    @Override
    List<JsonObject> normalizers() {
        List<JsonObject> normalizers = new ArrayList<>();
        normalizers.add(JsonParts.replace("``", "\""));
        normalizers.add(JsonParts.replace("''", "\""));
        if (!folder.flag("keep_accents").orElse(false)) {
            normalizers.add(JsonParts.typed("NFKD"));
            normalizers.add(JsonParts.typed("StripAccents"));
        }
        if (folder.flag("do_lower_case").orElse(true)) {
            normalizers.add(JsonParts.typed("Lowercase"));
        }
        charsMap().forEach(normalizers::add);
        normalizers.add(JsonParts.replaceSpaces(" "));
        return normalizers;
    }
}
