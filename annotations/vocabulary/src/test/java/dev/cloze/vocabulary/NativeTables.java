package dev.cloze.vocabulary;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Asks the library about each character, and writes down what {@code character-classes.txt} is to hold. */
final class NativeTables {

    private static final int ALL = Character.MAX_CODE_POINT + 1;
    private static final int CHUNK = 1 << 10;
    private static final String END = "7!7"; // what no normalizer makes of a character, nor touches

    private static final List<String> CATEGORIES = List.of(
            "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
            "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co");
    private static final List<String> SCRIPTS = List.of(
            "Arabic",
            "Armenian",
            "Bengali",
            "Bopomofo",
            "Common",
            "Cyrillic",
            "Devanagari",
            "Ethiopic",
            "Georgian",
            "Greek",
            "Gujarati",
            "Gurmukhi",
            "Han",
            "Hangul",
            "Hebrew",
            "Hiragana",
            "Inherited",
            "Kannada",
            "Katakana",
            "Khmer",
            "Lao",
            "Latin",
            "Malayalam",
            "Mongolian",
            "Myanmar",
            "Oriya",
            "Sinhala",
            "Tamil",
            "Telugu",
            "Thai",
            "Tibetan");
    private static final String MARKERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl";

    private final Map<String, BitSet> classes = new TreeMap<>();
    private final String lower;

    NativeTables(String precompiledCharsMap) {
        String bert = "{\"type\": \"BertNormalizer\", \"clean_text\": %s, \"handle_chinese_chars\": false,"
                + " \"strip_accents\": %s, \"lowercase\": false}";
        classes.put("control", gone(bert.formatted(true, false), c -> c != 0 && c != 0xFFFD));
        classes.put("non-spacing", gone(bert.formatted(false, true), c -> true));
        classes.put("mark", gone("{\"type\": \"StripAccents\"}", c -> true));
        classes.put("numeric", setApart("{\"type\": \"Digits\", \"individual_digits\": true}"));
        classes.put("punctuation", setApart("{\"type\": \"Punctuation\", \"behavior\": \"Isolated\"}"));
        classes.put("word", joined("{\"type\": \"Whitespace\"}"));
        classes.put("composing", composing());
        classes.put("extending", extending(precompiledCharsMap));
        properties(CATEGORIES);
        properties(SCRIPTS);
        for (String single : new String[] {"Alphabetic", "Uppercase", "Lowercase", "Emoji"}) {
            properties(List.of(single));
        }
        lower = lower();
    }

    /** The content of the file. */
    String written() {
        StringBuilder file = new StringBuilder("# Written by CharacterTablesTest with CLOZE_REWRITE_EXPECTED=1\n");
        classes.forEach((name, set) -> file.append(name).append(ranges(set)).append('\n'));
        return file.append("lower").append(lower).append('\n').toString();
    }

    private static boolean isAsked(int c) {
        boolean empty = c >= 0x40000 && c < 0xE0000; // ten planes without a character; the last two are for private use
        return !empty && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }

    /** Characters by the hundreds, each written by the format. */
    private interface Chunk {
        void accept(List<Integer> characters, String text);
    }

    private static void each(String before, String behind, Chunk chunk) {
        for (int from = 0; from < ALL; from += CHUNK) {
            List<Integer> characters = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int c = from; c < from + CHUNK; c++) {
                if (isAsked(c)) {
                    characters.add(c);
                    text.append(before).appendCodePoint(c).append(behind);
                }
            }
            if (!characters.isEmpty()) {
                chunk.accept(characters, text.toString());
            }
        }
    }

    /** What the normalizer makes of each character; the end stands behind each. */
    private static Map<Integer, String> normalized(String normalizer, String before) {
        Map<Integer, String> normalized = new TreeMap<>();
        try (NativeSweep sweep = NativeSweep.normalizer(normalizer)) {
            each(before, END, (characters, text) -> {
                String[] parts = sweep.of(text).split(END, -1);
                for (int i = 0; i < characters.size(); i++) {
                    normalized.put(characters.get(i), parts[i]);
                }
            });
        }
        return normalized;
    }

    private static BitSet gone(String normalizer, IntPredicate counted) {
        BitSet gone = new BitSet();
        normalized(normalizer, "").forEach((c, text) -> gone.set(c, text.isEmpty() && counted.test(c)));
        return gone;
    }

    private static BitSet setApart(String preTokenizer) {
        BitSet apart = new BitSet();
        try (NativeSweep sweep = NativeSweep.preTokenizer(preTokenizer)) {
            each("a", "b", (characters, text) -> {
                String parts = sweep.of(text);
                int at = 0;
                for (int c : characters) {
                    at = parts.indexOf('a', at) + 1;
                    apart.set(c, c != ' ' && parts.startsWith(" " + Character.toString(c) + " b", at));
                    at += Character.charCount(c) + (apart.get(c) ? 2 : 0);
                }
            });
        }
        return apart;
    }

    private static BitSet joined(String preTokenizer) {
        BitSet joined = new BitSet();
        try (NativeSweep sweep = NativeSweep.preTokenizer(preTokenizer)) {
            each("a", " ", (characters, text) -> {
                String all = " " + sweep.of(text) + " ";
                for (int c : characters) {
                    joined.set(c, all.contains(" a" + Character.toString(c) + " "));
                }
            });
        }
        return joined;
    }

    /** What is taken apart, what that is put together from, and what changes places. */
    private static BitSet composing() {
        BitSet composing = new BitSet();
        normalized("{\"type\": \"NFKD\"}", "").forEach((c, text) -> {
            if (!text.equals(Character.toString(c))) {
                composing.set(c);
            }
        });
        normalized("{\"type\": \"NFD\"}", "").forEach((c, text) -> {
            if (!text.equals(Character.toString(c))) {
                text.codePoints().forEach(composing::set);
            }
        });
        for (String high : new String[] {"\u0345", "\u0300"}) { // of the classes 240 and 230
            normalized("{\"type\": \"NFD\"}", high)
                    .forEach((c, text) -> composing.set(c, composing.get(c) || !text.startsWith(high)));
        }
        normalizedBehind("\u0300")
                .forEach((c, text) -> composing.set(c, composing.get(c) || !text.startsWith(Character.toString(c))));
        return composing;
    }

    private static Map<Integer, String> normalizedBehind(String mark) {
        Map<Integer, String> normalized = new TreeMap<>();
        try (NativeSweep sweep = NativeSweep.normalizer("{\"type\": \"NFD\"}")) {
            each("", mark + END, (characters, text) -> {
                String[] parts = sweep.of(text).split(END, -1);
                for (int i = 0; i < characters.size(); i++) {
                    normalized.put(characters.get(i), parts[i]);
                }
            });
        }
        return normalized;
    }

    /** What is read as one with the character before it, which SentencePiece's table then replaces with it. */
    private static BitSet extending(String normalizer) {
        Map<Integer, String> alone = normalized(normalizer, ""); // what is dropped anyway needs no telling
        BitSet extending = new BitSet();
        normalized(normalizer, "\u00AA")
                .forEach((c, text) -> extending.set(c, c >= 0x300 && text.equals("a") && !"".equals(alone.get(c))));
        return extending;
    }

    private void properties(List<String> names) {
        JsonArray normalizers = new JsonArray();
        List<BitSet> members = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            normalizers.add(replace("[\\p{" + names.get(i) + "}&&[^\\x00-\\x7F]]", MARKERS.substring(i, i + 1)));
            members.add(ascii(names.get(i)));
            classes.put("property." + RegexProperties.key(names.get(i)), members.get(i));
        }
        JsonObject sequence = new JsonObject();
        sequence.addProperty("type", "Sequence");
        sequence.add("normalizers", normalizers);
        try (NativeSweep sweep = NativeSweep.normalizer(sequence.toString())) {
            each("", "", (characters, text) -> {
                int[] marked = sweep.of(text).codePoints().toArray();
                for (int i = 0; i < marked.length; i++) {
                    int name = characters.get(i) < 0x80 ? -1 : MARKERS.indexOf(marked[i]);
                    if (name >= 0) {
                        members.get(name).set(characters.get(i));
                    }
                }
            });
        }
    }

    private static BitSet ascii(String property) {
        StringBuilder all = new StringBuilder();
        BitSet members = new BitSet();
        for (int c = 0; c < 0x80; c++) {
            all.append((char) c);
            members.set(c);
        }
        try (NativeSweep sweep =
                NativeSweep.normalizer(replace("\\p{" + property + "}", "").toString())) {
            sweep.of(all.toString()).chars().forEach(members::clear);
        }
        return members;
    }

    private static JsonObject replace(String regex, String content) {
        JsonObject replace = JsonParser.parseString("{\"type\": \"Replace\", \"pattern\": {}}")
                .getAsJsonObject();
        replace.getAsJsonObject("pattern").addProperty("Regex", regex);
        replace.addProperty("content", content);
        return replace;
    }

    /** Runs of characters, each or each second one, that are equally far from their small letters. */
    private static String lower() {
        List<int[]> runs = new ArrayList<>(); // first, last, step, distance
        normalized("{\"type\": \"Lowercase\"}", "").forEach((c, text) -> {
            int distance = text.codePointAt(0) - c;
            if (distance == 0 || text.codePointCount(0, text.length()) > 1) {
                return;
            }
            for (int i = runs.size() - 1; i >= Math.max(0, runs.size() - 2); i--) {
                int[] run = runs.get(i);
                int step = c - run[1];
                if (run[3] == distance && step <= 2 && (run[2] == step || run[0] == run[1])) {
                    run[1] = c;
                    run[2] = step;
                    return;
                }
            }
            runs.add(new int[] {c, c, 1, distance});
        });
        StringBuilder written = new StringBuilder();
        for (int[] run : runs) {
            written.append(' ').append(range(run[0], run[1])).append(run[2] == 2 ? "/2:" : ":");
            written.append(Integer.toString(run[3], 16).toUpperCase(java.util.Locale.ROOT));
        }
        return written.toString();
    }

    private static String ranges(BitSet set) {
        StringBuilder ranges = new StringBuilder();
        int end;
        for (int start = set.nextSetBit(0); start >= 0; start = set.nextSetBit(end)) {
            end = set.nextClearBit(start);
            ranges.append(' ').append(range(start, end - 1));
        }
        return ranges.toString();
    }

    private static String range(int first, int last) {
        return first == last ? "%X".formatted(first) : "%X-%X".formatted(first, last);
    }
}
