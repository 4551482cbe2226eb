package dev.cloze.runtime.spi;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.List;

/**
 * Which spans methods that ask about each by a template ask about, see {@link dev.cloze.annotations.Spans}.
 *
 * @param none what the model says at the mask of a span without a label; empty where such methods are not to be used
 * @param longest words of a span at most, 1 to 64
 * @param negatives spans without a label that are learned from for each one with a label, above 0 and at most 100
 */
public record DeclaredSpans(List<String> none, int longest, double negatives) {

    /** The longest that {@link #longest} may be. */
    public static final int MOST_WORDS = 64;

    /** The most that {@link #negatives} may be. */
    public static final int MOST_NEGATIVES = 100;

    /** What holds where nothing is declared. */
    public static final DeclaredSpans NONE = new DeclaredSpans(List.of(), 8, 1.5);

    /** {@code TUNING_OPTION_OUT_OF_RANGE} for numbers that are none of the above. */
    public DeclaredSpans {
        none = List.copyOf(none);
        if (longest < 1 || longest > MOST_WORDS) {
            throw outOfRange("longest", Integer.toString(longest), "1 to " + MOST_WORDS);
        }
        if (!(negatives > 0 && negatives <= MOST_NEGATIVES)) {
            throw outOfRange("negatives", Double.toString(negatives), "above 0 and at most " + MOST_NEGATIVES);
        }
    }

    private static ClozeException outOfRange(String name, String value, String range) {
        return new ClozeException(
                Problem.TUNING_OPTION_OUT_OF_RANGE,
                name + " = " + value + " of the spans is out of range.\n  Its range is " + range + ".");
    }
}
