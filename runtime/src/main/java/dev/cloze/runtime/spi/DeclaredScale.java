package dev.cloze.runtime.spi;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/**
 * The scale of a task: its ends, and the word that the model says at the mask for each of them.
 *
 * @param from the lower end, finite
 * @param to the upper end, finite and above it
 * @param low the word of the lower end
 * @param high the word of the upper end
 */
public record DeclaredScale(double from, double to, String low, String high) {

    /** {@code SCALE_RANGE} where the ends are none of a scale, {@code VERBALIZER_DUPLICATE_WORD} where the words are equal. */
    public DeclaredScale {
        if (!(from < to) || !Double.isFinite(to - from)) {
            throw new ClozeException(
                    Problem.SCALE_RANGE,
                    "The scale from " + from + " to " + to
                            + " has nothing between its ends.\n  Give two finite numbers, the lower one first.");
        }
        if (low.equals(high)) {
            throw new ClozeException(
                    Problem.VERBALIZER_DUPLICATE_WORD,
                    "\"" + low
                            + "\" is the word of both ends of the scale.\n  The model could not tell the two apart by"
                            + " it: give each a word of its own.");
        }
    }

    /** How far a value is from the lower end, as a share of the scale: t = (y - l) / (u - l), 0 to 1 on the scale. */
    public double share(double value) {
        return (value - from) / (to - from);
    }

    /** The value that is so far from the lower end: y = l + t (u - l). */
    public double value(double share) {
        return from + share * (to - from);
    }

    /** Whether a value lies on the scale; NaN doesn't. */
    public boolean holds(double value) {
        return value >= from && value <= to;
    }

    /** The same ends with other words. */
    public DeclaredScale withWords(String lower, String upper) {
        return new DeclaredScale(from, to, lower, upper);
    }

    /** Halfway between the ends. */
    public double middle() {
        return value(0.5);
    }

    /** {@code 0.0 to 5.0}. */
    public String range() {
        return from + " to " + to;
    }
}
