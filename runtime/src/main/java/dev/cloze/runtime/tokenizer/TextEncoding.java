package dev.cloze.runtime.tokenizer;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Encodes texts that stand at one place of the input, by remembered words where that is exact.
 *
 * @param encoder gives the ids of a text without unpaired surrogates
 * @param words null where the tokenizer's words depend on each other
 */
record TextEncoding(
        NativeTokenizer library,
        Function<String, int[]> encoder,
        @Nullable WordCache words,
        WordCache laterWords) {

    /** Every text as a whole, encoded in Java. */
    static TextEncoding of(NativeTokenizer library, Function<String, List<Integer>> reader) {
        Function<String, int[]> encoder =
                text -> reader.apply(text).stream().mapToInt(id -> id).toArray();
        return new TextEncoding(library, encoder, null, new WordCache(encoder));
    }

    int[] encode(String text) {
        library.requireOpen();
        int[] known = words == null ? null : words.encode(text, laterWords);
        return known != null ? known : encoder.apply(wellFormed(text));
    }

    /** With U+FFFD for each unpaired surrogate, which no encoding can write and the library cannot take. */
    private static String wellFormed(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
