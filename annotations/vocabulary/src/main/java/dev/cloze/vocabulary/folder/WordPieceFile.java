package dev.cloze.vocabulary.folder;

import com.google.gson.JsonObject;
import java.util.List;

/** Makes the {@code tokenizer.json} that BERT's {@code vocab.txt} stands for. */
final class WordPieceFile {

    /** The share of words with a capital, among those of letters with case, from which on a vocabulary is cased. */
    private static final double LEAST_CASED = 0.01;

    private WordPieceFile() {}

    static JsonObject tokenizer(TokenizerFolder folder) {
        requireBert(folder);
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
        tokenizer.put(
                "post_processor",
                JsonParts.framing("BertProcessing", tokenizer.tokenAndId(end), tokenizer.tokenAndId(start)));
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

    /** Others, such as BertJapaneseTokenizer, take texts apart in another way before the vocabulary is asked. */
    private static void requireBert(TokenizerFolder folder) {
        TokenizerClass.named(folder)
                .filter(name -> !DeclaredSettings.WORD_PIECE.contains(TokenizerClass.family(name)))
                .ifPresent(name -> {
                    throw TokenizerClass.foreign(folder, name, "BERT, DistilBERT, ELECTRA, MobileBERT and ConvBERT");
                });
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

    /**
     * Whether texts are made lower case where no setting says so: unless the vocabulary is truly cased. A few capitals
     * make none of it, such as the letter that has no small form in BERT's own vocabulary; a cased one has a capital in
     * one of ten words and more.
     */
    private static boolean isLowercase(List<String> tokens) {
        List<String> words =
                tokens.stream().filter(token -> !isBracketed(token)).toList();
        long capital = words.stream().filter(WordPieceFile::hasCapital).count();
        long small = words.stream().filter(WordPieceFile::hasSmall).count();
        return capital <= LEAST_CASED * (capital + small);
    }

    private static boolean hasCapital(String token) {
        return token.codePoints().anyMatch(c -> Character.toLowerCase(c) != c);
    }

    private static boolean hasSmall(String token) {
        return token.codePoints().allMatch(c -> Character.toLowerCase(c) == c)
                && token.codePoints().anyMatch(Character::isLowerCase);
    }

    private static boolean isBracketed(String token) {
        return (token.startsWith("[") && token.endsWith("]")) || (token.startsWith("<") && token.endsWith(">"));
    }
}
