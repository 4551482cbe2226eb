package dev.cloze.annotations.syntax;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds how models and other libraries write the gap that a template writes {@code {mask}}. */
public final class MaskSpellings {

    private static final Pattern SPELLING = Pattern.compile(
            "(?<!\\{special:\")(\\[mask]|<mask>|<\\|mask\\|>|<extra_id_0>|\\*mask\\*|_{3,})", Pattern.CASE_INSENSITIVE);

    private MaskSpellings() {}

    /** The first one in a template's text, as it stands there; nothing where the text has none. */
    public static Optional<String> in(String template) {
        Matcher matcher = SPELLING.matcher(template);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** The template with {@code {mask}} in the place of the first one. */
    public static String replaced(String template) {
        return SPELLING.matcher(template).replaceFirst("{mask}");
    }
}
