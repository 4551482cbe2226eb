package dev.cloze.runtime.generation;

import java.util.function.Consumer;

/**
 * A text that grows token by token: it tells the whole characters as soon as they are certain, and when a stop word is
 * complete.
 *
 * <p>A token's text depends on the one before it (the space of some tokenizers), and a character's bytes may lie in several
 * tokens; until they are complete, decoding ends with U+FFFD. So a few tokens are decoded anew each time, from the last
 * but one place where characters were complete.
 */
final class WrittenText {

    /** What stands for bytes that are no character, or not yet. */
    static final char BROKEN = '\uFFFD';

    private final PromptEnd promptEnd;
    private final StopWords stops;
    private final Consumer<String> told;
    private final StringBuilder certain = new StringBuilder();
    private final IntList ids;
    private int from;
    private int settled;
    private String before;
    private int given;
    private boolean stopped;

    /**
     * A text without tokens.
     *
     * @param promptEnd what it stands behind
     * @param told hears each piece that can no longer become a stop word
     */
    WrittenText(PromptEnd promptEnd, StopWords stops, Consumer<String> told) {
        this.promptEnd = promptEnd;
        this.ids = new IntList(promptEnd.ids());
        this.settled = ids.size();
        this.before = promptEnd.text();
        this.stops = stops;
        this.told = told;
    }

    /** Adds a token; true if a stop word is complete, and the text ends before it. */
    boolean add(int token) {
        ids.add(token);
        String now = decode(from);
        String grown = now.length() > before.length() ? now.substring(before.length()) : "";
        int searched = Math.max(0, certain.length() - stops.longest());
        int end = certain.length();
        certain.append(withoutBrokenEnd(grown));
        int stop = stops.isEmpty() ? -1 : stops.indexIn(certain, searched);
        if (stop >= 0) {
            certain.setLength(stop);
            stopped = true;
            tell(stop);
            return true;
        }
        if (grown.isEmpty() || grown.charAt(grown.length() - 1) == BROKEN) {
            certain.setLength(end);
            return false;
        }
        from = settled;
        settled = ids.size();
        before = decode(from);
        tell(certain.length() - stops.begunAt(certain));
        return false;
    }

    /** The whole text, once no more is to come; tells what was held back and is whole. */
    String end() {
        if (stopped) {
            return certain.toString();
        }
        String whole = promptEnd.decode(ids.from(promptEnd.ids().length));
        String shown = withoutBrokenEnd(whole);
        if (shown.length() > given && whole.startsWith(certain.substring(0, given))) {
            told.accept(shown.substring(given));
        }
        return whole;
    }

    private void tell(int to) {
        if (to > given) {
            told.accept(certain.substring(given, to));
            given = to;
        }
    }

    private String decode(int start) {
        return promptEnd.tokenizer().decode(ids.from(start));
    }

    /** The text without the U+FFFD at its end, which may be the beginning of a character. */
    static String withoutBrokenEnd(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == BROKEN) {
            end--;
        }
        return text.substring(0, end);
    }
}
