package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the ids of words, so that most texts are encoded without entering native code.
 *
 * <p>That is exact where a single space always parts two pieces that the tokenizer then treats one by one, which holds
 * for the pipelines of BERT, RoBERTa, GPT-2, ALBERT and XLM-R and for texts of plain characters; anything else is left
 * to the library. Where a call into it takes 40 µs for twenty words, twenty look-ups take 2.
 */
final class WordCache {

    private static final int LARGEST = 1 << 14; // words; then it starts anew, so that memory stays flat
    private static final int LONGEST = 40; // chars of a word worth remembering

    private static final Set<String> NORMALIZERS =
            Set.of("BertNormalizer", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "Precompiled");
    private static final Set<String> SPLITTERS =
            Set.of("BertPreTokenizer", "WhitespaceSplit", "ByteLevel", "Metaspace");

    private final Map<String, int[]> words = new ConcurrentHashMap<>();
    private final Function<String, int[]> library;

    /** Asks the library for words not seen yet: the first of a text, and the others with the space before them. */
    WordCache(Function<String, int[]> library) {
        this.library = library;
    }

    /** The ids of the text, or null if it is not one to take apart. */
    int @Nullable [] encode(String text, WordCache laterWords) {
        if (!isPlain(text)) {
            return null;
        }
        int[] ids = new int[text.length()];
        int count = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf(' ', start + 1);
            end = end < 0 ? text.length() : end;
            WordCache cache = text.charAt(start) == ' ' ? laterWords : this;
            int[] word = cache.word(text.substring(start, end));
            ids = count + word.length <= ids.length ? ids : Arrays.copyOf(ids, 2 * (count + word.length));
            System.arraycopy(word, 0, ids, count, word.length);
            count += word.length;
            start = end;
        }
        return Arrays.copyOf(ids, count);
    }

    /** Short words of plain characters, single spaces between them and perhaps one before the first. */
    private static boolean isPlain(String text) {
        int space = -1; // the last one, or where it would be
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                if (i > 0 && i == space + 1) {
                    return false;
                }
                space = i;
            } else if (!isPlain(c) || i - space > LONGEST) {
                return false;
            }
        }
        return !text.isEmpty() && space < text.length() - 1;
    }

    private int[] word(String word) {
        int[] known = words.get(word);
        if (known != null) {
            return known;
        }
        int[] ids = library.apply(word);
        if (words.size() >= LARGEST) {
            words.clear();
        }
        words.put(word, ids);
        return ids;
    }

    /** Characters that never combine with a space before or after: ASCII, Latin letters, usual dashes and quotes. */
    private static boolean isPlain(char c) {
        return (c > ' ' && c < 0x7F)
                || (c >= 0xC0 && c <= 0x24F)
                || c == '\u2013'
                || c == '\u2014'
                || (c >= '\u2018' && c <= '\u201D')
                || c == '\u2026';
    }

    /** Whether words can be taken one by one, as far as the parts of this {@code tokenizer.json} are known. */
    static boolean suits(JsonObject tokenizer, TokenNames names) {
        return !names.hasOrdinaryAdded()
                && allAre(tokenizer.get("normalizer"), "normalizers", WordCache::keepsWordsApart)
                && tokenizer.get("pre_tokenizer") instanceof JsonObject preTokenizer
                && allAre(preTokenizer, "pretokenizers", WordCache::splitsAtSpaces);
    }

    private static boolean allAre(@Nullable JsonElement part, String inner, Predicate<JsonObject> suitable) {
        if (part == null || part.isJsonNull()) {
            return true;
        }
        JsonObject object = part.getAsJsonObject();
        if (object.has(inner)) {
            List<JsonElement> parts = object.getAsJsonArray(inner).asList();
            return !parts.isEmpty() && parts.stream().allMatch(each -> allAre(each, inner, suitable));
        }
        return suitable.test(object);
    }

    private static boolean keepsWordsApart(JsonObject part) {
        return switch (part.get("type").getAsString()) {
            case "Strip" -> !part.get("strip_left").getAsBoolean();
            case "Replace" -> {
                JsonObject pattern = part.getAsJsonObject("pattern");
                yield pattern.has("String")
                        ? !pattern.get("String").getAsString().contains(" ")
                        : pattern.get("Regex").getAsString().equals(" {2,}");
            }
            default -> NORMALIZERS.contains(part.get("type").getAsString());
        };
    }

    private static boolean splitsAtSpaces(JsonObject part) {
        boolean off = isFalse(part, "use_regex") || isFalse(part, "split");
        return !off && SPLITTERS.contains(part.get("type").getAsString());
    }

    private static boolean isFalse(JsonObject part, String flag) {
        return part.has(flag) && !part.get(flag).getAsBoolean();
    }
}
