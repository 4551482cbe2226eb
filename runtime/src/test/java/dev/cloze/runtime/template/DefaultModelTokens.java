package dev.cloze.runtime.template;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** The default model's WordPiece tokenizer, straight from the Hugging Face library. */
final class DefaultModelTokens {

    static final HuggingFaceTokenizer TOKENIZER = open();
    static final SpecialTokens SPECIAL = new SpecialTokens(
            (int) id("[MASK]"),
            (int) id("[PAD]"),
            new int[] {(int) id("[CLS]")},
            new int[] {(int) id("[SEP]")},
            new int[] {(int) id("[SEP]")},
            true);

    private DefaultModelTokens() {}

    /** Tokens of a text without special tokens. */
    static int[] encode(String text, boolean startOfText) {
        return ints(TOKENIZER.encode(text, false, false).getIds());
    }

    static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    private static long id(String token) {
        return TOKENIZER.encode(token, false, false).getIds()[0];
    }

    private static HuggingFaceTokenizer open() {
        try (InputStream json =
                DefaultModelTokens.class.getResourceAsStream("/dev/cloze/models/cloze-tiny-en/tokenizer.json")) {
            return HuggingFaceTokenizer.newInstance(
                    Objects.requireNonNull(json), Map.of("truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
