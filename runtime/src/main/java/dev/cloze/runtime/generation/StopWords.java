package dev.cloze.runtime.generation;

import java.util.List;

/** Finds stop words in a text, also where only their beginning has been written. */
record StopWords(List<String> words) {

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Where the first of them begins, looking from that place on; -1 where there is none. */
    int indexIn(StringBuilder text, int from) {
        int first = -1;
        for (String word : words) {
            int at = text.indexOf(word, from);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    /** How many characters at the text's end may be the beginning of one: its longest such end. */
    int begunAt(CharSequence text) {
        int most = 0;
        for (String word : words) {
            for (int length = Math.min(word.length() - 1, text.length()); length > most; length--) {
                if (endsWith(text, word, length)) {
                    most = length;
                }
            }
        }
        return most;
    }

    private static boolean endsWith(CharSequence text, String word, int length) {
        int start = text.length() - length;
        for (int i = 0; i < length; i++) {
            if (text.charAt(start + i) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The longest of them, in characters. */
    int longest() {
        return words.stream().mapToInt(String::length).max().orElse(0);
    }
}
