package dev.cloze.annotations.syntax;

/** What happens to a placeholder's text before or while it is encoded. */
public sealed interface Filter {

    /** Filters without a number. */
    enum Plain implements Filter {
        /** The text in lower case. */
        LOWER("lower"),
        /** Its first character in lower case. */
        LOWER_FIRST("lowerFirst"),
        /** Without its trailing punctuation. */
        STRIP_PUNCTUATION("stripPunctuation"),
        /** When it is too long, its beginning is cut off and its end kept. */
        HEAD("head"),
        /** When it is too long, its end is cut off and its beginning kept; so it is without a filter. */
        TAIL("tail"),
        /** Never cut. */
        FIXED("fixed"),
        /** The text whose spans are labelled, which is read whole, in windows where it is long. */
        SPANS("spans");

        private final String written;

        Plain(String written) {
            this.written = written;
        }

        /** The name as it is written in a template. */
        public String written() {
            return written;
        }
    }

    /** At most this many tokens, whatever room there is: {@code limit:110}. */
    record Limit(int tokens) implements Filter {}
}
