package dev.cloze.runtime.template;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the values of a template's placeholders out of an input and writes them as text. */
public final class PlaceholderValues {

    private PlaceholderValues() {}

    /**
     * The text of every placeholder, by path.
     *
     * @throws ClozeException {@code INPUT_NULL} when the input, a component or a list's element is null, {@code
     *     TEMPLATE_PLACEHOLDER_TYPE} when a value is of a type that has no text
     */
    public static <I> Map<String, String> of(
            @Nullable I input, Map<String, Function<? super I, ? extends @Nullable Object>> accessors) {
        return values(input, "The input", "", accessors);
    }

    /** The same of an input of many, which an error calls so: {@code "development example 17"}. */
    public static <I> Map<String, String> of(
            @Nullable I input, String called, Map<String, Function<? super I, ? extends @Nullable Object>> accessors) {
        return values(
                input,
                called.substring(0, 1).toUpperCase(Locale.ROOT) + called.substring(1),
                " of " + called,
                accessors);
    }

    private static <I> Map<String, String> values(
            @Nullable I input,
            String subject,
            String where,
            Map<String, Function<? super I, ? extends @Nullable Object>> accessors) {
        if (input == null) {
            throw new ClozeException(
                    Problem.INPUT_NULL,
                    subject + " is null.\n  Give an instance of the task class for every prediction and example.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        accessors.forEach((path, accessor) -> values.put(path, text(path, where, value(input, path, where, accessor))));
        return values;
    }

    private static <I> @Nullable Object value(
            I input, String path, String where, Function<? super I, ? extends @Nullable Object> accessor) {
        try {
            return accessor.apply(input);
        } catch (NullPointerException e) {
            if (path.indexOf('.') < 0) {
                throw e; // the user's own getter failed
            }
            throw new ClozeException(
                    Problem.INPUT_NULL,
                    "A part of the path \"" + path + "\"" + where + " is null.\n  " + advice(path),
                    e);
        }
    }

    /**
     * The text of one value: strings, characters, numbers, booleans and enum constants as they print, an empty Optional
     * as no text, the elements of a list joined by {@code ", "}.
     */
    static String text(String path, @Nullable Object value) {
        return text(path, "", value);
    }

    private static String text(String path, String where, @Nullable Object value) {
        if (value == null) {
            throw new ClozeException(
                    Problem.INPUT_NULL, "The component \"" + path + "\"" + where + " is null.\n  " + advice(path));
        }
        if (value instanceof String || isPlain(value)) {
            return value.toString();
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? text(path, where, optional.get()) : "";
        }
        if (value instanceof List<?> list) {
            return joined(path, where, list);
        }
        throw new ClozeException(
                Problem.TEMPLATE_PLACEHOLDER_TYPE,
                "{" + path + "} of the template is of type " + value.getClass().getName()
                        + ", which has no text form."
                        + "\n  A placeholder is a String, a number, a boolean, an enum, an Optional of these or a List of these.");
    }

    private static boolean isPlain(Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>;
    }

    private static String joined(String path, String where, List<?> list) {
        StringJoiner joined = new StringJoiner(", ");
        for (int i = 0; i < list.size(); i++) {
            joined.add(text(path + "[" + i + "]", where, list.get(i)));
        }
        return joined.toString();
    }

    private static String advice(String path) {
        int index = path.indexOf('[');
        return index > 0
                ? "Leave missing elements out of the list."
                : "Give \"\" for text that is missing, or make the component an Optional.";
    }
}
