package dev.cloze.annotations.syntax;

/** What the special tokens of a model do to the text beside them, as its tokenizer says it. */
public interface SpecialTokenSpaces {

    /** Tokens that leave white space as it is, and behind which a text goes on. */
    SpecialTokenSpaces PLAIN = new SpecialTokenSpaces() {
        @Override
        public boolean takesSpaceBefore(String token) {
            return false;
        }

        @Override
        public boolean takesSpaceBehind(String token) {
            return false;
        }

        @Override
        public boolean textBeginsBehind() {
            return false;
        }
    };

    /** Whether the white space before this token belongs to it, so that none is read. */
    boolean takesSpaceBefore(String token);

    /** Whether the white space behind this token belongs to it. */
    boolean takesSpaceBehind(String token);

    /** Whether what stands behind a special token is encoded like the beginning of a text. */
    boolean textBeginsBehind();
}
