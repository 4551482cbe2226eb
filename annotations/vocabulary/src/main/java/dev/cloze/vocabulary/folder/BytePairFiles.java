package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** Makes the {@code tokenizer.json} that {@code vocab.json} and {@code merges.txt} of GPT-2 or RoBERTa stand for. */
final class BytePairFiles {

    private BytePairFiles() {}

    static JsonObject tokenizer(TokenizerFolder folder) {
        JsonObject vocabulary = folder.files().object("vocab.json");
        boolean prefixed = folder.flag("add_prefix_space").orElse(false);
        TokenizerJson tokenizer = new TokenizerJson(folder, vocabulary);
        tokenizer.put("pre_tokenizer", byteLevel(prefixed));
        tokenizer.put("decoder", byteLevel(prefixed));
        tokenizer.put("post_processor", isRoberta(vocabulary) ? roberta(tokenizer, prefixed) : byteLevel(prefixed));
        tokenizer.special("unk_token", isRoberta(vocabulary) ? "<unk>" : "<|endoftext|>");
        tokenizer.special("pad_token", "<pad>");
        tokenizer.special("mask_token", "<mask>");
        tokenizer.special("eos_token", "<|endoftext|>");
        JsonObject model = JsonParts.typed("BPE");
        model.add("vocab", vocabulary);
        model.add("merges", merges(folder.files().text("merges.txt")));
        tokenizer.put("model", model);
        return tokenizer.json();
    }

    private static boolean isRoberta(JsonObject vocabulary) {
        return vocabulary.has("<s>") && vocabulary.has("</s>");
    }

    private static JsonObject roberta(TokenizerJson tokenizer, boolean prefixed) {
        JsonObject processor = JsonParts.typed("RobertaProcessing");
        processor.add("sep", tokenizer.tokenAndId(tokenizer.special("sep_token", "</s>")));
        processor.add("cls", tokenizer.tokenAndId(tokenizer.special("cls_token", "<s>")));
        processor.addProperty("add_prefix_space", prefixed);
        processor.addProperty("trim_offsets", true);
        return processor;
    }

    private static JsonObject byteLevel(boolean prefixed) {
        JsonObject byteLevel = JsonParts.typed("ByteLevel");
        byteLevel.addProperty("add_prefix_space", prefixed);
        byteLevel.addProperty("trim_offsets", true);
        byteLevel.addProperty("use_regex", true);
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
