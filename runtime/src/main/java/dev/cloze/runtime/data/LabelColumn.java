package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.problem.ShortText;
import dev.cloze.runtime.Labeled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which label the values of a column stand for:
 *
 * <pre>{@code
 * var train = LabelColumn.of("sentiment", Sentiment.class).ignoringCase()
 *         .examples(DataFile.of(path).csv(), row -> new Review(row.get("text")));
 * }</pre>
 *
 * @param <L> the labels
 */
public final class LabelColumn<L> {

    /** How many values without a label an error shows. */
    private static final int SHOWN = 10;

    private static final int SHOWN_LETTERS = 60;

    private final String column;
    private final List<L> all;
    private final Map<String, L> labels;
    private final UnaryOperator<String> spelling;
    private final boolean ignoresCase;
    private final Words words;

    /**
     * How an error speaks.
     *
     * @param whose whose labels they are
     * @param cure what to do where a value stands for none
     */
    private record Words(String whose, String cure) {}

    private LabelColumn(
            String column,
            List<L> all,
            Map<String, L> labels,
            UnaryOperator<String> spelling,
            boolean ignoresCase,
            Words words) {
        this.column = column;
        this.all = all;
        this.labels = labels;
        this.spelling = spelling;
        this.ignoresCase = ignoresCase;
        this.words = words;
    }

    /** The values of this column are the constants' names. */
    public static <E extends Enum<E>> LabelColumn<E> of(String column, Class<E> type) {
        Map<String, E> labels = new LinkedHashMap<>();
        for (E label : type.getEnumConstants()) {
            labels.put(label.name(), label);
        }
        String name = type.getSimpleName();
        return new LabelColumn<>(
                column,
                List.copyOf(labels.values()),
                labels,
                UnaryOperator.identity(),
                false,
                new Words(
                        name,
                        "say what they mean: .ignoringCase(), .byNumber(0), or .by(Map.of(\"value\", " + name + "."
                                + labels.keySet().iterator().next() + "))."));
    }

    /**
     * The values of this column are these names, which are the labels themselves.
     *
     * @param cure what an error advises where a value is none of them, to complete "Correct the values, or ..."
     */
    public static LabelColumn<String> ofNames(String column, Collection<String> names, String cure) {
        Map<String, String> labels = new LinkedHashMap<>();
        names.forEach(name -> labels.put(name, name));
        return new LabelColumn<>(
                column, List.copyOf(names), labels, UnaryOperator.identity(), false, new Words("the task", cure));
    }

    /** The same in any case, with spaces and hyphens for underscores: {@code "very good"} is {@code VERY_GOOD}. */
    public LabelColumn<L> ignoringCase() {
        Map<String, L> folded = new LinkedHashMap<>();
        labels.forEach((value, label) -> folded.putIfAbsent(folded(value), label));
        return new LabelColumn<>(column, all, folded, value -> folded(spelling.apply(value)), true, words);
    }

    /** The values are numbers, {@code 1} or {@code 1.0}: the first label's, and one more for each that follows. */
    public LabelColumn<L> byNumber(int first) {
        Map<String, L> numbers = new LinkedHashMap<>();
        int number = first;
        for (L label : all) {
            numbers.put(Integer.toString(number++), label);
        }
        return new LabelColumn<>(column, all, numbers, LabelColumn::whole, false, words);
    }

    /** The values are the keys of this map; several may stand for one label. */
    public LabelColumn<L> by(Map<String, L> values) {
        LabelColumn<L> exact =
                new LabelColumn<>(column, all, new LinkedHashMap<>(values), UnaryOperator.identity(), false, words);
        return ignoresCase ? exact.ignoringCase() : exact;
    }

    /**
     * The rows as examples.
     *
     * @param input makes the task class of a row
     * @throws ClozeException {@code DATA_LABEL_UNKNOWN} with every value that stands for no label, which none does too where other
     *     rows have one; {@code DATA_UNREADABLE} where no row has the column
     */
    public <I> List<Labeled<I, L>> examples(List<DataRow> rows, Function<? super DataRow, ? extends I> input) {
        boolean named = rows.stream().anyMatch(row -> row.find(column).isPresent());
        List<Labeled<I, L>> examples = new ArrayList<>();
        Map<String, List<DataRow>> unknown = new LinkedHashMap<>();
        for (DataRow row : rows) {
            String value = named ? row.find(column).orElse("") : row.get(column);
            L label = labels.get(spelling.apply(value.strip()));
            if (label == null) {
                unknown.computeIfAbsent(value, any -> new ArrayList<>()).add(row);
            } else {
                examples.add(new Labeled<>(input.apply(row), label));
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown(unknown);
        }
        return examples;
    }

    private ClozeException unknown(Map<String, List<DataRow>> unknown) {
        Path file = unknown.values().iterator().next().get(0).file();
        int rows = unknown.values().stream().mapToInt(List::size).sum();
        String values = unknown.entrySet().stream()
                .limit(SHOWN)
                .map(entry -> "\n  " + said(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        String more = unknown.size() > SHOWN ? "\n  ... and " + (unknown.size() - SHOWN) + " other values." : "";
        return new ClozeException(
                Problem.DATA_LABEL_UNKNOWN,
                rows + (rows == 1 ? " row" : " rows") + " of " + file.getFileName() + " with a \"" + column
                        + "\" that is no label of " + words.whose() + "." + values + more
                        + "\n  The column may hold: " + String.join(", ", labels.keySet()) + ".\n  The file is " + file
                        + ".\n  Correct the values, or " + words.cure());
    }

    private String said(String value, List<DataRow> rows) {
        String places =
                rows.stream().limit(3).map(row -> Long.toString(row.line())).collect(Collectors.joining(", "));
        String more = rows.size() > 3 ? " and " + (rows.size() - 3) + " more" : "";
        String suggestion = NearestName.suggestion(value, labels.keySet());
        return (value.isBlank() ? "No value" : "\"" + shown(value) + "\"") + " on line " + places + more + "."
                + (suggestion.isEmpty() ? "" : " " + suggestion);
    }

    /** Where the wrong column was taken, a value may be a whole text. */
    private static String shown(String value) {
        return ShortText.of(value, SHOWN_LETTERS);
    }

    /** pandas writes whole numbers so where some are missing. */
    private static String whole(String value) {
        return value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
    }

    private static String folded(String value) {
        return value.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
    }
}
