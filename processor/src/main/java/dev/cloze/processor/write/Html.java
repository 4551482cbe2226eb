package dev.cloze.processor.write;

/** Puts a user's text into a Javadoc comment, where it must not end the comment, open a tag or be an escape. */
final class Html {

    private static final int LAST_ASCII = 0x7f;
    private static final String PLAIN = " .,:;!?()-_+'\"#";

    private Html() {}

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
