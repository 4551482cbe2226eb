package dev.cloze.vocabulary;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** A text whose characters can be looked at so many times: an expression that takes for ever is stopped by it. */
final class Watched implements CharSequence {

    private static final long STEPS = 1_000_000;
    private static final long STEPS_A_CHARACTER = 1_000;

    private final CharSequence text;
    private final long most;
    private long looked;

    Watched(String text) {
        this.text = text;
        this.most = STEPS + STEPS_A_CHARACTER * text.length();
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++looked > most) {
            throw new ClozeException(
                    Problem.TOKENIZER_UNREADABLE,
                    "A regular expression of the tokenizer needs more than " + most + " steps for a text of "
                            + text.length() + " characters.\n  It repeats what is repeated already, and would take for"
                            + " ever.\n  Use a model whose tokenizer has another one.");
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
