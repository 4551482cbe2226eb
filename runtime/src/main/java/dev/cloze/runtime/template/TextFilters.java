package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Applies the filters that change a placeholder's text; whitespace at its ends goes in any case. */
public final class TextFilters {

    private static final String ASCII_SYMBOLS = "$+<=>^`|~";

    private TextFilters() {}

    /**
     * The text of this placeholder as its filters leave it.
     *
     * @param values the texts of an input's placeholders, by path
     * @throws dev.cloze.problem.ClozeException {@code TEMPLATE_UNKNOWN_PLACEHOLDER} where it is not among them
     */
    public static String text(Placeholder placeholder, Map<String, String> values) {
        String path = placeholder.path();
        return apply(TemplateChecks.value(values.get(path), path, values.keySet()), placeholder.filters());
    }

    static String apply(String text, List<Filter> filters) {
        String result = text.strip();
        for (Filter filter : filters) {
            if (filter instanceof Filter.Plain plain) {
                result = apply(result, plain);
            }
        }
        return result;
    }

    private static String apply(String text, Filter.Plain filter) {
        return switch (filter) {
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case LOWER_FIRST -> lowerFirst(text);
            case STRIP_PUNCTUATION -> stripPunctuation(text);
            case HEAD, TAIL, FIXED, SPANS -> text;
        };
    }

    private static String lowerFirst(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        return text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end);
    }

    /** PET's {@code rstrip(string.punctuation)}, and the same for the punctuation of other scripts. */
    private static String stripPunctuation(String text) {
        int end = text.length();
        while (end > 0 && isPunctuation(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end).stripTrailing();
    }

    private static boolean isPunctuation(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> ASCII_SYMBOLS.indexOf(codePoint) >= 0;
        };
    }
}
