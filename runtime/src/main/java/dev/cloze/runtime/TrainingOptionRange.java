package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** Refuses a training option that is out of its range, naming the option, the value and the range. */
final class TrainingOptionRange {

    private TrainingOptionRange() {}

    static void between(String option, int value, int least, int most, String range) {
        if (value < least || value > most) {
            String limits =
                    range.matches("[0-9,]+ to [0-9,]+") ? range : range + " (now " + least + " to " + most + ")";
            throw refusal(option, Integer.toString(value), limits);
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

    static void fromZeroToBelow(String option, double value, double limit) {
        if (!(value >= 0 && value < limit)) {
            throw refusal(option, Double.toString(value), "0 to below " + limit);
        }
    }

    private static ClozeException refusal(String option, String value, String range) {
        String setter = "with" + Character.toUpperCase(option.charAt(0)) + option.substring(1);
        return new ClozeException(
                Problem.TRAINING_OPTION_OUT_OF_RANGE,
                "The training option " + option + " is " + value + ", but its range is " + range + ".\n"
                        + "  Write TrainingOptions." + setter + "(...) with a value of that range.");
    }
}
