package dev.cloze.runtime;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Templates that were found, the best first. */
public final class FoundTemplates {

    private final List<Choice> choices;

    /** These choices, at least one, the best first. */
    public FoundTemplates(List<Choice> choices) {
        this.choices = List.copyOf(choices);
    }

    /**
     * A template.
     *
     * @param template as it is declared
     * @param logLikelihood the sum over its tokens of the natural logarithm of their probability, the mean over the training
     *     examples; templates of different forms are written apart
     * @param devAccuracy how many development examples are answered right when tuned with it, 0 to 1; empty where it was not
     */
    public record Choice(String template, double logLikelihood, OptionalDouble devAccuracy) {

        /** The template as an annotation. */
        public String source() {
            return "@Template(" + quoted(template) + ")";
        }
    }

    /** All choices, the best first. */
    public List<Choice> choices() {
        return choices;
    }

    /** The best choice. */
    public Choice best() {
        return choices.get(0);
    }

    /** The best templates, at most so many, for {@link PromptTrainer#templates}: several make an ensemble. */
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

    /** All choices as annotations, one a line, with their accuracy behind. */
    @Override
    public String toString() {
        return choices.stream()
                .map(choice -> choice.source()
                        + (choice.devAccuracy().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        " // %.1f %%",
                                        100 * choice.devAccuracy().getAsDouble())
                                : ""))
                .collect(Collectors.joining("\n"));
    }

    /** A text as a literal of Java. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
