package dev.cloze.vocabulary;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Thousands of words of many scripts, the same at each call; some of their characters are younger than Java 17. */
final class Words {

    private static final List<String> SYLLABLES = List.of(
            "ba",
            "con",
            "de",
            "fer",
            "gra",
            "hel",
            "in",
            "ly",
            "mo",
            "ness",
            "old",
            "pre",
            "qu",
            "re",
            "st",
            "ter",
            "un",
            "vi",
            "wh",
            "xy",
            "zo",
            "é",
            "ü",
            "ñ",
            "ç",
            "å",
            "ø",
            "ß",
            "ž",
            "ł",
            "İ",
            "Σ",
            "σ",
            "я",
            "ный",
            "к",
            "ال",
            "مر",
            "של",
            "नि",
            "हि",
            "ไทย",
            "한",
            "국어",
            "カ",
            "きょ",
            "中",
            "国",
            "電",
            "𠀋",
            "a\u0301",
            "o\u0308\u0323",
            "ﬁ",
            "Ａ",
            "²",
            "Ⅷ",
            "٣",
            "7",
            "42",
            "'s",
            "-",
            "_",
            "/",
            ".",
            "’",
            "😀",
            "👍🏽",
            "👨‍👩‍👧",
            "🇫🇷",
            "\u200B",
            "\u32FF", // of Unicode 12.1, and the next of 14, 15 and 16
            "\uA7C0",
            "\uD801\uDD70",
            "\uD838\uDC30",
            "\uD803\uDD50",
            "\uD83E\uDEE8",
            "\u20C0",
            "\uD81D\uDD00");
    private static final List<String> RANGES = List.of(
            "!~",
            "\u00A1\u024F",
            "\u0250\u02AF",
            "\u0370\u03FF",
            "\u0400\u04FF",
            "\u05D0\u05EA",
            "\u0600\u06FF",
            "\u0900\u097F",
            "\u0E00\u0E7F",
            "\u1100\u11FF",
            "\u1E00\u1FFF",
            "\u2000\u206F",
            "\u2070\u209C",
            "\u2100\u214F",
            "\u2460\u24FF",
            "\u3000\u30FF",
            "\u3200\u32FF",
            "\u3300\u33FF",
            "\u4E00\u4FFF",
            "\uAC00\uACFF",
            "\uF900\uFAD9",
            "\uFB00\uFB06",
            "\uFE30\uFE4F",
            "\uFF01\uFFEE");

    private Words() {}

    /** At least 5,000 different words, none with a space. */
    static List<String> all() {
        Set<String> words = new LinkedHashSet<>();
        for (String line : Fixtures.text("text.txt").lines().toList()) {
            words.addAll(List.of(line.split("[ \t]+")));
        }
        Random random = new Random(17);
        while (words.size() < 4_000) {
            words.add(some(SYLLABLES, 1 + random.nextInt(4), random));
        }
        for (String range : RANGES) {
            for (int i = 0; i < 60; i++) {
                words.add(characters(range, 1 + random.nextInt(5), random));
            }
        }
        words.addAll(
                List.of("Great", "GREAT", "great!", "don't", "x".repeat(150), "😀😀", "''", "``", "\u00AD", "\uFEFF"));
        return new ArrayList<>(words);
    }

    private static String some(List<String> parts, int count, Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < count; i++) {
            word.append(parts.get(random.nextInt(parts.size())));
        }
        return random.nextInt(5) == 0 ? word.toString().toUpperCase(java.util.Locale.ROOT) : word.toString();
    }

    private static String characters(String range, int count, Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < count; i++) {
            word.append((char) (range.charAt(0) + random.nextInt(range.charAt(1) - range.charAt(0) + 1)));
        }
        return word.toString();
    }
}
