package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.cloze.vocabulary.folder.SentencePieceModel.Piece;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the models of a family use a SentencePiece model.
 *
 * <p>The parts are those of the converters in transformers' {@code convert_slow_tokenizer.py}, one class a family there
 * as here; what is written here is what its {@code SpmConverter} does for all. It takes no notice of the model's own
 * {@code add_dummy_prefix}, {@code remove_extra_whitespaces} and {@code escape_whitespaces}, and so neither do we.
 */
abstract class SentencePieceFamily {

    final TokenizerFolder folder;
    final SentencePieceModel model;

    SentencePieceFamily(TokenizerFolder folder, SentencePieceModel model) {
        this.folder = folder;
        this.model = model;
    }

    /** A token as the model of the {@code tokenizer.json} has it. */
    record Token(String text, double score) {}

    /** All tokens in the order of their ids. */
    abstract List<Token> tokens();

    /** Marks the family's special tokens and adds what it puts around a text. */
    abstract void addSpecialTokens(TokenizerJson tokenizer);

    int unknownId() {
        return model.unknownId();
    }

    /** Whether characters without a token are spelled in bytes. */
    boolean fallsBackToBytes() {
        return false;
    }

    void addStages(TokenizerJson tokenizer) {
        tokenizer.put("normalizer", JsonParts.sequence("normalizers", normalizers()));
        tokenizer.put("pre_tokenizer", JsonParts.metaspace(prependScheme(), true));
        tokenizer.put("decoder", JsonParts.metaspace(prependScheme(), true));
    }

    List<JsonObject> normalizers() {
        return Stream.concat(
                        charsMap(), Stream.of(JsonParts.strip(false, true), JsonParts.replaceSpaces(JsonParts.MARK)))
                .toList();
    }

    /** The normalizer that the model brings, if it brings one. */
    final Stream<JsonObject> charsMap() {
        JsonObject precompiled = JsonParts.typed("Precompiled");
        precompiled.addProperty("precompiled_charsmap", Base64.getEncoder().encodeToString(model.charsMap()));
        return model.charsMap().length == 0 ? Stream.empty() : Stream.of(precompiled);
    }

    /** Where a text that does not begin with a space gets the mark of one. */
    String prependScheme() {
        return "always";
    }

    /** As above, for families with settings for it. */
    static String prependSchemeOfSettings(TokenizerFolder folder) {
        if (!folder.flag("add_prefix_space").orElse(true)) {
            return "never";
        }
        return folder.flag("legacy").orElse(true) ? "always" : "first";
    }

    final JsonObject tokenizer() {
        List<Token> tokens = tokens();
        JsonObject vocabulary = new JsonObject();
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.addProperty(tokens.get(id).text(), id);
        }
        TokenizerJson tokenizer = new TokenizerJson(folder, vocabulary);
        addSpecialTokens(tokenizer);
        for (Piece piece : model.pieces()) {
            if (piece.type() == Piece.CONTROL || piece.type() == Piece.USER_DEFINED) {
                tokenizer.mark(piece.text(), piece.type() == Piece.CONTROL);
            }
        }
        addStages(tokenizer);
        tokenizer.put(
                "model", model.type() == SentencePieceModel.UNIGRAM ? unigram(tokens) : bytePairs(tokens, vocabulary));
        return tokenizer.json();
    }

    private JsonObject unigram(List<Token> tokens) {
        JsonArray vocabulary = new JsonArray(tokens.size());
        for (Token token : tokens) {
            JsonArray pair = new JsonArray(2);
            pair.add(token.text());
            pair.add(token.score());
            vocabulary.add(pair);
        }
        JsonObject unigram = JsonParts.typed("Unigram");
        unigram.addProperty("unk_id", unknownId());
        unigram.add("vocab", vocabulary);
        unigram.addProperty("byte_fallback", fallsBackToBytes());
        return unigram;
    }

    private JsonObject bytePairs(List<Token> tokens, JsonObject vocabulary) {
        JsonObject bytePairs = JsonParts.typed("BPE");
        bytePairs.add("dropout", JsonNull.INSTANCE);
        bytePairs.addProperty("unk_token", model.unknownPiece());
        bytePairs.add("continuing_subword_prefix", JsonNull.INSTANCE);
        bytePairs.add("end_of_word_suffix", JsonNull.INSTANCE);
        bytePairs.addProperty("fuse_unk", true);
        bytePairs.addProperty("byte_fallback", fallsBackToBytes());
        bytePairs.add("vocab", vocabulary);
        bytePairs.add("merges", MergesOfScores.of(model.pieces(), tokens));
        return bytePairs;
    }
}
