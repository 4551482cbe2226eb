package dev.cloze.runtime;

import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.template.JavaLiteral;
import java.util.List;
import java.util.OptionalDouble;

/** Words for the ends of a scale that were found, the best choice first. */
public final class FoundScaleWords {

    private final DeclaredScale scale;
    private final List<Choice> choices;

    /** These choices for a scale, at least one, the best first. */
    public FoundScaleWords(DeclaredScale scale, List<Choice> choices) {
        this.scale = scale;
        this.choices = List.copyOf(choices);
    }

    /**
     * A word for each end.
     *
     * @param low of the lower end
     * @param high of the upper end
     * @param trainPearson how well the numbers of the untrained model correlate with the training examples' values, -1 to 1
     * @param devPearson how well those of the model tuned with them correlate with the development examples'; empty where it was not
     */
    public record Choice(String low, String high, double trainPearson, OptionalDouble devPearson) {}

    /** All choices, the best first. */
    public List<Choice> choices() {
        return choices;
    }

    /** The best choice. */
    public Choice best() {
        return choices.get(0);
    }

    /** The best choice as an annotation to be pasted over the task class. */
    public String source() {
        return source(best());
    }

    private String source(Choice choice) {
        return "@Scale(from = " + number(scale.from()) + ", to = " + number(scale.to()) + ", low = "
                + JavaLiteral.of(choice.low()) + ", high = " + JavaLiteral.of(choice.high()) + ")";
    }

    private static String number(double end) {
        return end == Math.rint(end) && Math.abs(end) < 1e9 ? Long.toString((long) end) : Double.toString(end);
    }

    /** All choices as annotations, one a line, with their correlation behind where they were tuned with. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        for (Choice choice : choices) {
            lines.append(lines.isEmpty() ? "" : "\n").append(source(choice));
            choice.devPearson()
                    .ifPresent(pearson -> lines.append(" // ").append(FoundTemplates.Measure.PEARSON.shown(pearson)));
        }
        return lines.toString();
    }
}
