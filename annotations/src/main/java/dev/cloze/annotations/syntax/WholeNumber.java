package dev.cloze.annotations.syntax;

/** Reads the numbers a template may hold: plain digits. */
final class WholeNumber {

    private static final int MOST_DIGITS = 9;

    private WholeNumber() {}

    /** The number, or 0 where there is none or it is longer than any a template may hold. */
    static int of(String digits) {
        boolean plain = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(digits) : 0;
    }
}
