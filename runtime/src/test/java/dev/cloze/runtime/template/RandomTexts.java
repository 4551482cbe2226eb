package dev.cloze.runtime.template;

import java.util.Random;
import java.util.StringJoiner;

/** Texts of every kind of character, none of which spells a special token. */
final class RandomTexts {

    private static final String[] WORDS = {
        "the",
        "Film",
        "isn't",
        "unbelievably",
        "état",
        "Ça",
        "naïve",
        "電影",
        "ראשון",
        "🙂",
        "👩‍👩‍👧",
        "3.14",
        "$5",
        "a-b",
        "...",
        "(no)",
        "#1",
        "résumé",
        "ﬁn",
        "ＡＢＣ",
        "xyzzyq",
        "co-operate",
        "e\u0301",
        "\u200bzero",
        "tab\tin",
        "{mask}",
        "C++",
        "&amp;"
    };

    private RandomTexts() {}

    /** One to so many words. */
    static String words(Random random, int most) {
        StringJoiner text = new StringJoiner(" ");
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            text.add(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    /** So many lower-case letters. */
    static String letters(Random random, int most) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
