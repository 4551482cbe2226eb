package dev.cloze.vocabulary;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How the tokens of an input with demonstrations are shared out before any is seen: the runtime's rule, which the compiler's
 * check follows from.
 *
 * @param most tokens an input with its demonstrations may have
 * @param input tokens of the longest input alone
 * @param inputLimit tokens of each text of the input, to which those that are {@code fixed} are not cut
 * @param around for each demonstration, its tokens around the texts: fixed text, label word and special tokens
 * @param own for each text of a demonstration, what the template itself limits it to
 */
public record DemonstrationBudget(int most, int input, int inputLimit, List<Integer> around, List<Integer> own) {

    /** What a text of the input is limited to where nobody says it and there is room. */
    public static final int USUAL_INPUT_LIMIT = 110;

    /** What a text of a demonstration is limited to where nobody says it and there is room. */
    public static final int USUAL_LIMIT = 50;

    public DemonstrationBudget {
        around = List.copyOf(around);
        own = List.copyOf(own);
    }

    /**
     * The budget of a template.
     *
     * @param input tokens around the input's texts
     * @param inputLimit tokens of each text of the input; empty for {@value #USUAL_INPUT_LIMIT}, but no more than their
     *     share of half of what all fixed text leaves
     */
    public static DemonstrationBudget of(
            int most, int input, List<Integer> around, List<TemplatePart> parts, OptionalInt inputLimit) {
        List<Placeholder> texts = parts.stream()
                .filter(Placeholder.class::isInstance)
                .map(Placeholder.class::cast)
                .toList();
        int left = most - input - around.stream().mapToInt(Integer::intValue).sum();
        int share = Math.max(1, left / 2 / Math.max(1, texts.size()));
        int limit = inputLimit.orElse(Math.min(USUAL_INPUT_LIMIT, share));
        int longest =
                input + texts.stream().mapToInt(text -> longest(text, limit)).sum();
        return new DemonstrationBudget(
                most,
                longest,
                limit,
                around,
                texts.stream().map(DemonstrationBudget::own).toList());
    }

    /** A text that is never cut has room as others have: nobody knows beforehand how much it needs. */
    private static int longest(Placeholder text, int limit) {
        return Math.min(own(text), limit);
    }

    private static int own(Placeholder text) {
        return text.filters().stream()
                .filter(Filter.Limit.class::isInstance)
                .mapToInt(filter -> ((Filter.Limit) filter).tokens())
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** Tokens of all where each text of a demonstration has at most so many. */
    public int needed(int limit) {
        return input + around.stream().mapToInt(Integer::intValue).sum() + around.size() * texts(limit);
    }

    private int texts(int limit) {
        return own.stream().mapToInt(tokens -> Math.min(tokens, limit)).sum();
    }

    /** The highest limit of a demonstration's texts up to this one with which all has room; empty where none has. */
    public OptionalInt limit(int upTo) {
        return IntStream.iterate(upTo, limit -> limit > 0, limit -> limit - 1)
                .filter(limit -> needed(limit) <= most)
                .findFirst();
    }

    /** {@code 116 of the input + 2 demonstrations of 58 and 59}, where their texts have at most so many tokens. */
    public String described(int limit) {
        List<String> each = around.stream()
                .map(tokens -> Integer.toString(tokens + texts(limit)))
                .toList();
        String last = each.get(each.size() - 1);
        return input + " of the input + "
                + (each.size() == 1
                        ? "a demonstration of " + last
                        : each.size() + " demonstrations of " + String.join(", ", each.subList(0, each.size() - 1))
                                + " and " + last);
    }

    /**
     * What each text of a demonstration is limited to.
     *
     * @param model the model's name
     * @param wanted the limit that is written; empty for the highest up to {@value #USUAL_LIMIT} with which all has room
     * @throws ClozeException {@code DEMONSTRATIONS_TOO_LONG}
     */
    public int requireLimit(String model, OptionalInt wanted) {
        int upTo = wanted.orElse(USUAL_LIMIT);
        OptionalInt fits = limit(upTo);
        if (fits.isEmpty() || (wanted.isPresent() && fits.getAsInt() < upTo)) {
            throw new ClozeException(Problem.DEMONSTRATIONS_TOO_LONG, refusal(model, fits.isEmpty() ? 1 : upTo, fits));
        }
        return fits.getAsInt();
    }

    private String refusal(String model, int limit, OptionalInt fits) {
        return "The demonstrations have no room: with texts of " + limit + (limit == 1 ? " token" : " tokens")
                + " an input and its demonstrations have " + needed(limit) + " tokens, and " + model + " may read "
                + most + " here.\n  They are " + described(limit) + ".\n  "
                + (fits.isPresent()
                        ? "Write demonstrationLimit = " + fits.getAsInt() + " or less, or a lower inputLimit;"
                        : "Write a lower inputLimit or a shorter template;")
                + " or raise maxLength where the model can read more.";
    }
}
