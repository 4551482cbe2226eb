package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * Makes the {@code tokenizer.json} that {@code vocab.json} and {@code merges.txt} stand for, as the converters in
 * transformers' {@code convert_slow_tokenizer.py} do; the two files do not say whose they are.
 */
final class BytePairFiles {

    /** How Qwen2 takes a text apart: digit by digit, and with what stands before a word. */
    private static final String QWEN2_PARTS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final String WORD_END = "</w>";

    private final TokenizerFolder folder;
    private final JsonObject vocabulary;
    private final TokenizerJson tokenizer;
    private final JsonObject model = JsonParts.typed("BPE");

    private BytePairFiles(TokenizerFolder folder) {
        this.folder = folder;
        this.vocabulary = folder.files().object("vocab.json");
        this.tokenizer = new TokenizerJson(folder, vocabulary);
    }

    static JsonObject tokenizer(TokenizerFolder folder) {
        return new BytePairFiles(folder).tokenizer();
    }

    private JsonObject tokenizer() {
        switch (TokenizerClass.named(folder).map(TokenizerClass::family).orElseGet(this::unnamed)) {
            case "Roberta", "Bart", "Longformer", "LED", "Mvp" -> addRoberta();
            case "GPT2", "CodeGen" -> addGpt2();
            case "Qwen2" -> addQwen2();
            case "Herbert" -> addHerbert();
            default ->
                throw TokenizerClass.foreign(
                        folder,
                        TokenizerClass.named(folder).orElse(""),
                        "GPT-2, RoBERTa, BART, Longformer, Qwen2 and HerBERT");
        }
        model.add("vocab", vocabulary);
        model.add("merges", merges(folder.files().text("merges.txt")));
        tokenizer.put("model", model);
        return tokenizer.json();
    }

    /** The usual class of the kind of model, if that has such files; or else as the vocabulary looks. */
    private String unnamed() {
        return TokenizerClass.usualFamily(folder)
                .filter(List.of("Roberta", "GPT2", "Qwen2")::contains)
                .orElseGet(() -> vocabulary.has("<s>") && vocabulary.has("</s>") ? "Roberta" : "GPT2");
    }

    private void addRoberta() {
        boolean prefixed = prefixed();
        tokenizer.put("pre_tokenizer", byteLevel(prefixed, true));
        tokenizer.put("decoder", byteLevel(prefixed, true));
        JsonObject frame = frame("RobertaProcessing");
        frame.addProperty("add_prefix_space", prefixed);
        frame.addProperty("trim_offsets", true);
        tokenizer.put("post_processor", frame);
        addSpecial("<unk>", "<pad>");
        tokenizer.special("eos_token", "<|endoftext|>");
    }

    private void addGpt2() {
        for (String part : List.of("pre_tokenizer", "decoder", "post_processor")) {
            tokenizer.put(part, byteLevel(prefixed(), true));
        }
        addSpecial("<|endoftext|>", "<pad>");
        tokenizer.special("eos_token", "<|endoftext|>");
    }

    private void addQwen2() {
        tokenizer.put("normalizer", JsonParts.typed("NFC"));
        List<JsonObject> stages = List.of(JsonParts.split(QWEN2_PARTS), byteLevel(false, false));
        tokenizer.put("pre_tokenizer", JsonParts.sequence("pretokenizers", stages));
        tokenizer.put("decoder", byteLevel(false, true));
        tokenizer.put("post_processor", byteLevel(false, true));
        addSpecial("<|endoftext|>", "<|endoftext|>");
        tokenizer.special("eos_token", "<|endoftext|>");
    }

    private void addHerbert() {
        JsonObject normalizer = JsonParts.typed("BertNormalizer");
        normalizer.addProperty("clean_text", true);
        normalizer.addProperty("handle_chinese_chars", true);
        normalizer.addProperty("strip_accents", false);
        normalizer.addProperty("lowercase", false);
        tokenizer.put("normalizer", normalizer);
        tokenizer.put("pre_tokenizer", JsonParts.typed("BertPreTokenizer"));
        JsonObject decoder = JsonParts.typed("BPEDecoder");
        decoder.addProperty("suffix", WORD_END);
        tokenizer.put("decoder", decoder);
        tokenizer.put("post_processor", frame("BertProcessing"));
        model.addProperty("unk_token", addSpecial("<unk>", "<pad>"));
        model.addProperty("end_of_word_suffix", WORD_END);
    }

    private JsonObject frame(String type) {
        JsonArray end = tokenizer.tokenAndId(tokenizer.special("sep_token", "</s>"));
        return JsonParts.framing(type, end, tokenizer.tokenAndId(tokenizer.special("cls_token", "<s>")));
    }

    /** Marks the tokens that all have; the one for what is unknown. */
    private String addSpecial(String unknown, String padding) {
        tokenizer.special("pad_token", padding);
        tokenizer.special("mask_token", "<mask>");
        return tokenizer.special("unk_token", unknown);
    }

    private boolean prefixed() {
        return folder.flag("add_prefix_space").orElse(false);
    }

    private static JsonObject byteLevel(boolean prefixed, boolean takesApart) {
        JsonObject byteLevel = JsonParts.typed("ByteLevel");
        byteLevel.addProperty("add_prefix_space", prefixed);
        byteLevel.addProperty("trim_offsets", true);
        byteLevel.addProperty("use_regex", takesApart);
        return byteLevel;
    }

    /** Lines of two tokens; the first line may tell a version. */
    private static JsonArray merges(String file) {
        JsonArray merges = new JsonArray();
        file.lines()
                .filter(line -> !line.startsWith("#version") && !line.isBlank())
                .forEach(merges::add);
        return merges;
    }
}
