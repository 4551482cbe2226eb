package dev.cloze.vocabulary.folder;

import com.google.gson.JsonObject;
import java.util.List;

/** Makes the {@code tokenizer.json} that BERT's {@code vocab.txt} stands for. */
final class WordPieceFile {

    private WordPieceFile() {}

    static JsonObject tokenizer(TokenizerFolder folder) {
        JsonObject vocabulary = new JsonObject();
        List<String> lines = folder.files().text("vocab.txt").lines().toList();
        for (int id = 0; id < lines.size(); id++) {
            vocabulary.addProperty(lines.get(id), id);
        }
        TokenizerJson tokenizer = new TokenizerJson(folder, vocabulary);
        String unknown = tokenizer.special("unk_token", "[UNK]");
        String start = tokenizer.special("cls_token", "[CLS]");
        String end = tokenizer.special("sep_token", "[SEP]");
        tokenizer.special("pad_token", "[PAD]");
        tokenizer.special("mask_token", "[MASK]");
        tokenizer.put("normalizer", normalizer(folder, lines));
        tokenizer.put("pre_tokenizer", JsonParts.typed("BertPreTokenizer"));
        JsonObject processor = JsonParts.typed("BertProcessing");
        processor.add("sep", tokenizer.tokenAndId(end));
        processor.add("cls", tokenizer.tokenAndId(start));
        tokenizer.put("post_processor", processor);
        JsonObject decoder = JsonParts.typed("WordPiece");
        decoder.addProperty("prefix", "##");
        decoder.addProperty("cleanup", true);
        tokenizer.put("decoder", decoder);
        JsonObject model = JsonParts.typed("WordPiece");
        model.addProperty("unk_token", unknown);
        model.addProperty("continuing_subword_prefix", "##");
        model.addProperty("max_input_chars_per_word", 100);
        model.add("vocab", vocabulary);
        tokenizer.put("model", model);
        return tokenizer.json();
    }

    private static JsonObject normalizer(TokenizerFolder folder, List<String> tokens) {
        JsonObject normalizer = JsonParts.typed("BertNormalizer");
        normalizer.addProperty("clean_text", true);
        normalizer.addProperty(
                "handle_chinese_chars", folder.flag("tokenize_chinese_chars").orElse(true));
        normalizer.addProperty("strip_accents", folder.flag("strip_accents").orElse(null));
        normalizer.addProperty("lowercase", folder.flag("do_lower_case").orElseGet(() -> isLowercase(tokens)));
        return normalizer;
    }

    /** A vocabulary without a single capital letter, but for the special tokens', can only be meant for lower case. */
    private static boolean isLowercase(List<String> tokens) {
        return tokens.stream()
                .filter(token -> !token.startsWith("["))
                .flatMapToInt(String::codePoints)
                .noneMatch(Character::isUpperCase);
    }
}
