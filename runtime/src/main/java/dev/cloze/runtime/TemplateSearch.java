package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How templates are searched: an unchangeable value that starts at {@link #with} and is varied with the {@code withX} methods,
 * whose values are checked.
 *
 * <p>A T5 reads the training examples with the first word of their label and writes what could stand around it, by one beam over
 * all of them (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 5.2). Inputs of one placeholder are read as {@code text <X>
 * word <Y>} and as {@code <X> word <Y> text}, each of which gives half of the beam; those of more as {@code texts <X> word <Y>
 * text}, where the last placeholder of the task's first template stands behind the word and the others before it. Placeholders
 * keep the filters they have there.
 *
 * <p>By the paper the log-probabilities of all examples add up; with {@code compat = REFERENCE} their logits are averaged,
 * two tokens fewer are written, and single texts are read with a capital letter, as in the authors' code.
 */
public final class TemplateSearch {

    private final String writer;
    private final int beam;
    private final int maxTokens;
    private final int candidates;
    private final int steps;

    private TemplateSearch(String writer, int beam, int maxTokens, int candidates, int steps) {
        this.writer = writer;
        this.beam = beam;
        this.maxTokens = maxTokens;
        this.candidates = candidates;
        this.steps = steps;
    }

    /**
     * Has this model write, and tunes with all that is found, at most 100 templates; a real T5 is needed, the paper's has three
     * billion weights.
     *
     * @param t5 name or folder of a T5, T5 1.1 or mT5, as backbones are named
     */
    public static TemplateSearch with(String t5) {
        return new TemplateSearch(Objects.requireNonNull(t5, "t5"), 100, 20, 100, 0);
    }

    /** Name or folder of the T5 that writes. */
    public String writer() {
        return writer;
    }

    /** Templates that are written side by side, 1 to 1,000. */
    public int beam() {
        return beam;
    }

    public TemplateSearch withBeam(int value) {
        return new TemplateSearch(writer, within("beam", value, 1000), maxTokens, candidates, steps);
    }

    /** Tokens of a template around the word at most, three sentinels among them, 3 to 200. */
    public int maxTokens() {
        return maxTokens;
    }

    public TemplateSearch withMaxTokens(int value) {
        if (value < 3) {
            throw outOfRange("maxTokens", value, "3 to 200");
        }
        return new TemplateSearch(writer, beam, within("maxTokens", value, 200), candidates, steps);
    }

    /** Templates that are kept, the likeliest, and tuned with where there is a development set, 1 to 1,000. */
    public int candidates() {
        return candidates;
    }

    public TemplateSearch withCandidates(int value) {
        return new TemplateSearch(writer, beam, maxTokens, within("candidates", value, 1000), steps);
    }

    /** Optimizer steps with each template; as many as the trainer's options say if left out. */
    public OptionalInt steps() {
        return steps == 0 ? OptionalInt.empty() : OptionalInt.of(steps);
    }

    /** The same with so many steps, 1 to 1,000,000. */
    public TemplateSearch withSteps(int value) {
        return new TemplateSearch(writer, beam, maxTokens, candidates, within("steps", value, 1_000_000));
    }

    private static int within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw outOfRange(name, value, "1 to " + most);
        }
        return value;
    }

    private static ClozeException outOfRange(String name, int value, String range) {
        return new ClozeException(
                Problem.TRAINING_OPTION_OUT_OF_RANGE,
                "The option " + name + " of the search for templates is " + value + ", but its range is " + range
                        + ".");
    }

    @Override
    public String toString() {
        return "TemplateSearch[writer=" + writer + ", beam=" + beam + ", maxTokens=" + maxTokens + ", candidates="
                + candidates + ", steps=" + (steps == 0 ? "the trainer's" : Integer.toString(steps)) + "]";
    }
}
