package dev.cloze.runtime.tokenizer;

import org.jspecify.annotations.Nullable;

/**
 * Encodes texts that stand at one place of the input, by remembered words where that is exact.
 *
 * @param words null where the tokenizer's words depend on each other
 */
record TextEncoding(NativeTokenizer library, @Nullable WordCache words, WordCache laterWords) {

    int[] encode(String text) {
        library.requireOpen();
        int[] known = words == null ? null : words.encode(text, laterWords);
        return known != null ? known : library.encode(wellFormed(text));
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
