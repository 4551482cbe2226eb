package dev.cloze.problem;

/** The first letters of a text that may be long, as messages show it. */
public final class ShortText {

    private static final String MORE = "...";

    private ShortText() {}

    /** The text itself, or its first letters with three dots behind them where it has more than {@code most} chars. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean inPair = Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, inPair ? most - 1 : most) + MORE;
    }
}
