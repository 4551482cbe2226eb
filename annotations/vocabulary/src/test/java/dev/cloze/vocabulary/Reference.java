package dev.cloze.vocabulary;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.LongStream;

/** The Hugging Face tokenizers library itself, with a file's added tokens taken out. */
final class Reference implements AutoCloseable {

    private final long handle;

    Reference(String tokenizerJson) {
        LibUtils.checkStatus();
        JsonObject file = JsonParser.parseString(tokenizerJson).getAsJsonObject();
        file.add("added_tokens", new JsonArray());
        handle = TokenizersLibrary.LIB.createTokenizerFromString(file.toString());
    }

    List<Integer> encode(String text) {
        long encoding = TokenizersLibrary.LIB.encode(handle, text, false);
        try {
            return LongStream.of(TokenizersLibrary.LIB.getTokenIds(encoding))
                    .mapToObj(id -> (int) id)
                    .toList();
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    @Override
    public void close() {
        TokenizersLibrary.LIB.deleteTokenizer(handle);
    }
}
