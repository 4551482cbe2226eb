package dev.cloze.runtime;

import dev.cloze.runtime.template.JavaLiteral;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Templates that were found, the best first. */
public final class FoundTemplates {

    private final Measure measure;
    private final List<Choice> choices;

    /** These choices, at least one, the best first, which were ranked by this measure if they were. */
    public FoundTemplates(Measure measure, List<Choice> choices) {
        this.measure = measure;
        this.choices = List.copyOf(choices);
    }

    /** What templates are ranked by. */
    public enum Measure {
        /** How many examples are answered right, 0 to 1. */
        ACCURACY,
        /** Pearson's correlation of numbers with the right ones, -1 to 1. */
        PEARSON;

        String shown(double score) {
            return this == ACCURACY
                    ? String.format(Locale.ROOT, "%.1f %%", 100 * score)
                    : String.format(Locale.ROOT, "Pearson %.3f", score);
        }
    }

    /**
     * A template.
     *
     * @param template as it is declared
     * @param logLikelihood the sum over its tokens of the natural logarithm of their probability, the mean over the training
     *     examples; templates of different forms are written apart
     * @param devScore how well the development examples are answered when tuned with it, see {@link #measure}; empty where it
     *     was not
     */
    public record Choice(String template, double logLikelihood, OptionalDouble devScore) {

        /** The template as an annotation. */
        public String source() {
            return "@Template(" + JavaLiteral.of(template) + ")";
        }
    }

    /** What the choices' scores are. */
    public Measure measure() {
        return measure;
    }

    /** All choices, the best first. */
    public List<Choice> choices() {
        return choices;
    }

    /** The best choice. */
    public Choice best() {
        return choices.get(0);
    }

    /** The best templates, at most so many, for {@link PromptTrainer#templates}: several make an ensemble of a
     * classification. */
    public List<String> best(int most) {
        return choices.stream().limit(most).map(Choice::template).toList();
    }

    /** The best choice as an annotation to be pasted over the task class. */
    public String source() {
        return best().source();
    }

    /** The best choices as annotations, one a line. */
    public String source(int most) {
        return choices.stream().limit(most).map(Choice::source).collect(Collectors.joining("\n"));
    }

    /** All choices as annotations, one a line, with their score behind. */
    @Override
    public String toString() {
        return choices.stream()
                .map(choice -> choice.source()
                        + (choice.devScore().isPresent()
                                ? " // " + measure.shown(choice.devScore().getAsDouble())
                                : ""))
                .collect(Collectors.joining("\n"));
    }
}
