package dev.cloze.vocabulary;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;

/** The library's normalizers and pre-tokenizers by themselves: what a text is when the model gets it. */
final class NativeSweep implements AutoCloseable {

    private static final String WHOLE =
            "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"use_regex\": false," + " \"trim_offsets\": true}";
    private static final String PARTS = WHOLE.replace("\"add_prefix_space\": false", "\"add_prefix_space\": true");

    private final long handle;

    private NativeSweep(String normalizer, String preTokenizer) {
        LibUtils.checkStatus();
        handle = TokenizersLibrary.LIB.createTokenizerFromString(tokenizer(normalizer, preTokenizer));
    }

    /** The normalizer alone. */
    static NativeSweep normalizer(String json) {
        return new NativeSweep(json, WHOLE);
    }

    /** The pre-tokenizer alone; each part gets a space before it, unless it begins with one. */
    static NativeSweep preTokenizer(String json) {
        return new NativeSweep("null", "{\"type\": \"Sequence\", \"pretokenizers\": [" + json + ", " + PARTS + "]}");
    }

    /** One token a byte, so that nothing is lost. */
    private static String tokenizer(String normalizer, String preTokenizer) {
        JsonObject vocabulary = new JsonObject();
        for (int b = 0; b < 256; b++) {
            vocabulary.addProperty(visible(b), b);
        }
        JsonObject model = new JsonObject();
        model.addProperty("type", "BPE");
        model.add("vocab", vocabulary);
        model.add("merges", new JsonArray());
        JsonObject tokenizer = new JsonObject();
        tokenizer.addProperty("version", "1.0");
        tokenizer.add("added_tokens", new JsonArray());
        tokenizer.add("normalizer", JsonParser.parseString(normalizer));
        tokenizer.add("pre_tokenizer", JsonParser.parseString(preTokenizer));
        tokenizer.add("post_processor", JsonNull.INSTANCE);
        tokenizer.add("decoder", JsonNull.INSTANCE);
        tokenizer.add("model", model);
        return tokenizer.toString();
    }

    /** The character that stands for a byte, as GPT-2 has it. */
    private static String visible(int b) {
        boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
        if (printable) {
            return String.valueOf((char) b);
        }
        int before = b <= ' ' ? b : b <= 0xA0 ? b - 0x7F + 33 : 67; // of those that are not
        return String.valueOf((char) (0x100 + before));
    }

    String of(String text) {
        long encoding = TokenizersLibrary.LIB.encode(handle, text, false);
        try {
            long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
            byte[] bytes = new byte[ids.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ids[i];
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    @Override
    public void close() {
        TokenizersLibrary.LIB.deleteTokenizer(handle);
    }
}
