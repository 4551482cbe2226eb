package dev.cloze.processor.write;

import java.util.regex.Pattern;

/** Puts a user's text into a Javadoc comment, where it must not end the comment, open a tag or be an escape. */
final class Html {

    private static final int LAST_ASCII = 0x7f;
    private static final String PLAIN = " .,:;!?()-_+'\"#";

    private static final Pattern AS_IT_STANDS = Pattern.compile("[ .,:;!?()_+'\"#{}|&<>=\\[\\]\\p{L}\\p{N}-]+");

    private Html() {}

    /** The text in code type, as it stands where Javadoc can take it so. */
    static String code(String text) {
        return AS_IT_STANDS.matcher(text).matches() && isBalanced(text)
                ? "{@code " + text + "}"
                : "<code>" + of(text) + "</code>";
    }

    private static boolean isBalanced(String text) {
        int open = 0;
        for (char c : text.toCharArray()) {
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (open < 0) {
                return false;
            }
        }
        return open == 0;
    }

    /** The text with every character that means something to Javadoc, HTML or the Java lexer as an entity. */
    static String of(String text) {
        StringBuilder html = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c > LAST_ASCII || PLAIN.indexOf(c) >= 0) {
                html.appendCodePoint(c);
            } else if (c >= ' ') {
                html.append("&#").append(c).append(';');
            } else {
                html.append(c == '\n' ? "<br>" : " ");
            }
        });
        return html.toString();
    }
}
