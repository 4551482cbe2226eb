package dev.cloze.vocabulary.folder;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;

/** T5's use of SentencePiece: the sentinels {@code <extra_id_99>} to {@code <extra_id_0>} come after the pieces. */
final class T5Pieces extends SentencePieceFamily {

    private static final int MOST_SENTINELS = 10_000; // the most in use are 384

    /** mT5's model has the sentinels among its pieces, with the mark of a space. */
    private static final String SENTINEL_PIECE = JsonParts.MARK + "<extra_id_";

    private final int sentinels;

    T5Pieces(TokenizerFolder folder, SentencePieceModel model) throws DataFormatException {
        super(folder, model);
        sentinels = folder.setting("extra_ids")
                .map(JsonElement::getAsInt)
                .orElse(model.has(SENTINEL_PIECE + "0>") ? 0 : 100);
        if (sentinels < 0 || sentinels > MOST_SENTINELS) {
            throw new DataFormatException("extra_ids in tokenizer_config.json is " + sentinels);
        }
    }

    private static String sentinel(int number) {
        return "<extra_id_" + number + ">";
    }

    @Override
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        model.pieces().forEach(piece -> tokens.add(new Token(piece.text(), piece.score())));
        for (int number = sentinels - 1; number >= 0; number--) {
            tokens.add(new Token(sentinel(number), 0));
        }
        return tokens;
    }

    @Override
    void addSpecialTokens(TokenizerJson tokenizer) {
        tokenizer.special("eos_token", "</s>");
        tokenizer.special("unk_token", "<unk>");
        tokenizer.special("pad_token", "<pad>");
        for (int number = 0; number < sentinels; number++) {
            tokenizer.mark(sentinel(number), true);
        }
        model.pieces().stream()
                .filter(piece -> piece.text().startsWith(SENTINEL_PIECE))
                .forEach(piece -> tokenizer.mark(piece.text(), true));
        tokenizer.put("post_processor", tokenizer.template(List.of("$A", "</s>"), List.of("$A", "</s>", "$B", "</s>")));
    }

    @Override
    String prependScheme() {
        return prependSchemeOfSettings(folder);
    }
}
