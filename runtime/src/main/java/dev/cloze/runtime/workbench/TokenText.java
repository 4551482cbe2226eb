package dev.cloze.runtime.workbench;

import dev.cloze.runtime.tokenizer.Tokenizer;

/** What a token writes, in characters: {@code 好} where a vocabulary of bytes spells it {@code å¥½}. */
public final class TokenText {

    private static final char PART_OF_A_CHARACTER = '\uFFFD';

    private TokenText() {}

    /** The text of one token; of a special token, and of one that is only a part of a character, the vocabulary's spelling. */
    public static String of(Tokenizer tokenizer, int id) {
        String written = tokenizer.decode(new int[] {id});
        boolean shows = !written.isEmpty() && written.indexOf(PART_OF_A_CHARACTER) < 0;
        return shows ? written : tokenizer.token(id);
    }

    /** The same on a line of its own: line breaks and their like as {@code \n}, {@code \t} or {@code \}{@code u000b}. */
    public static String onOneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        line.append(String.format("\\u%04x", c));
                    } else {
                        line.appendCodePoint(c);
                    }
                }
            }
        });
        return line.toString();
    }
}
