package dev.cloze.vocabulary.folder;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Llama's and Mistral's use of SentencePiece: no normalizing, no splitting at spaces, and bytes for what is unknown. */
final class LlamaPieces extends SentencePieceFamily {

    private static final int SPECIAL = 3; // the first pieces: <unk>, <s> and </s>

    LlamaPieces(TokenizerFolder folder, SentencePieceModel model) {
        super(folder, model);
    }

    @Override
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        model.pieces()
                .forEach(piece -> tokens.add(new Token(piece.text(), tokens.size() < SPECIAL ? 0 : piece.score())));
        return tokens;
    }

    @Override
    int unknownId() {
        return 0;
    }

    @Override
    boolean fallsBackToBytes() {
        return true;
    }

    @Override
    void addSpecialTokens(TokenizerJson tokenizer) {
        tokenizer.special("unk_token", "<unk>");
        String begin = tokenizer.special("bos_token", "<s>");
        String end = tokenizer.special("eos_token", "</s>");
        List<String> single = new ArrayList<>();
        List<String> pair = new ArrayList<>();
        if (folder.flag("add_bos_token").orElse(true)) {
            single.add(begin);
            pair.add(begin + ":1");
        }
        single.add("$A");
        pair.add("$B:1");
        if (folder.flag("add_eos_token").orElse(false)) {
            single.add(end);
            pair.add(end + ":1");
        }
        pair.addAll(0, single);
        tokenizer.put("post_processor", tokenizer.template(single, pair));
    }

    @Override
    void addStages(TokenizerJson tokenizer) {
        boolean prefixed = folder.flag("add_prefix_space").orElse(true);
        if (folder.flag("legacy").orElse(true)) {
            tokenizer.put("normalizer", JsonParts.sequence("normalizers", normalizers(prefixed)));
        } else {
            tokenizer.put("pre_tokenizer", JsonParts.metaspace(prependSchemeOfSettings(), false));
        }
        List<JsonObject> decoders = new ArrayList<>();
        decoders.add(JsonParts.replace(JsonParts.MARK, " "));
        decoders.add(JsonParts.typed("ByteFallback"));
        decoders.add(JsonParts.typed("Fuse"));
        if (prefixed) {
            decoders.add(firstSpaceStripped());
        }
        tokenizer.put("decoder", JsonParts.sequence("decoders", decoders));
    }

    private static List<JsonObject> normalizers(boolean prefixed) {
        List<JsonObject> normalizers = new ArrayList<>();
        if (prefixed) {
            JsonObject prepend = JsonParts.typed("Prepend");
            prepend.addProperty("prepend", JsonParts.MARK);
            normalizers.add(prepend);
        }
        normalizers.add(JsonParts.replace(" ", JsonParts.MARK));
        return normalizers;
    }

    private static JsonObject firstSpaceStripped() {
        JsonObject strip = JsonParts.typed("Strip");
        strip.addProperty("content", " ");
        strip.addProperty("start", 1);
        strip.addProperty("stop", 0);
        return strip;
    }
}
