package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** Refuses a generation option that is out of its range, naming the option, the value and the range. */
final class GenerationOptionRange {

    private GenerationOptionRange() {}

    static void between(String option, int value, int least, int most, String range) {
        if (value < least || value > most) {
            throw refusal(option, Integer.toString(value), range);
        }
    }

    static void between(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw refusal(option, Double.toString(value), least + " to " + most);
        }
    }

    static void aboveZeroTo(String option, double value, double most) {
        if (!(value > 0 && value <= most)) {
            throw refusal(option, Double.toString(value), "above 0, to " + most);
        }
    }

    /** For a value that has no place beside other options as they are now. */
    static void suits(boolean suits, String option, Object value, String reason) {
        if (!suits) {
            throw new ClozeException(
                    Problem.GENERATION_OPTION_OUT_OF_RANGE,
                    "The generation option " + option + " can't be " + value + " here: " + reason);
        }
    }

    static void notEmpty(String option, String word) {
        suits(!word.isEmpty(), option, "an empty text", "it would be found everywhere.");
    }

    private static ClozeException refusal(String option, String value, String range) {
        String setter = "with" + Character.toUpperCase(option.charAt(0)) + option.substring(1);
        return new ClozeException(
                Problem.GENERATION_OPTION_OUT_OF_RANGE,
                "The generation option " + option + " is " + value + ", but its range is " + range + ".\n"
                        + "  Write GenerationOptions." + setter + "(...) with a value of that range.");
    }
}
