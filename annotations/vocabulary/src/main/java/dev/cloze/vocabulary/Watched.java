package dev.cloze.vocabulary;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.function.Function;
import java.util.regex.Matcher;

/** A text whose characters can be looked at so many times: an expression that takes for ever is stopped by it. */
final class Watched implements CharSequence {

    private static final long STEPS = 1_000_000;
    private static final long STEPS_A_CHARACTER = 1_000;

    private final CharSequence text;
    private final long most;
    private long looked;

    private Watched(String text) {
        this.text = text;
        this.most = STEPS + STEPS_A_CHARACTER * text.length();
    }

    /**
     * What is made of a text by an expression's matcher, which goes as deep as groups repeat.
     *
     * @throws ClozeException TOKENIZER_UNREADABLE where it takes too many steps or goes too deep
     */
    static <T> T match(java.util.regex.Pattern expression, String text, Function<Matcher, T> use) {
        try {
            return use.apply(expression.matcher(new Watched(text)));
        } catch (StackOverflowError e) {
            throw problem("a deeper stack than there is", text.length());
        }
    }

    private static ClozeException problem(String what, int length) {
        return new ClozeException(
                Problem.TOKENIZER_UNREADABLE,
                "A regular expression of the tokenizer needs " + what + " for a text of " + length
                        + " characters.\n"
                        + "  It repeats what is repeated already, or groups, character by character.\n"
                        + "  Use a model whose tokenizer has another one, or shorter texts.");
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++looked > most) {
            throw problem("more than " + most + " steps", text.length());
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
