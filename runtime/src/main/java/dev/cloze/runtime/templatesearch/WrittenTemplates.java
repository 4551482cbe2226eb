package dev.cloze.runtime.templatesearch;

import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Templates of the spans that were written: the spans around {@code {mask}}, the placeholders where the texts stood. */
final class WrittenTemplates {

    private static final Pattern SENTINEL = Pattern.compile("▁?<extra_id_\\d+>");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|�");

    private final Tokenizer tokenizer;
    private final Set<String> special;
    private final Sentinels sentinels;
    private final SearchedTexts texts;

    WrittenTemplates(LanguageModel model, Sentinels sentinels, SearchedTexts texts) {
        this.tokenizer = model.tokenizer();
        this.special = tokenizer.specialNames();
        this.sentinels = sentinels;
        this.texts = texts;
    }

    /** The template; nothing where a span isn't ended, or holds what is no text. */
    Optional<String> of(SpanForm form, SharedBeam.Line line) {
        int[] tokens = line.tokens();
        if (line.isOpen() || tokens[0] != sentinels.first()) {
            return Optional.empty();
        }
        int second = 1;
        while (tokens[second] != sentinels.second()) {
            if (++second == tokens.length) {
                return Optional.empty(); // the end of the text came before the word
            }
        }
        int[] before = Arrays.copyOfRange(tokens, 1, second);
        int[] after = Arrays.copyOfRange(tokens, second + 1, tokens.length - 1);
        return isText(before) && isText(after) ? template(form, before, after) : Optional.empty();
    }

    private boolean isText(int[] span) {
        return Arrays.stream(span)
                .mapToObj(tokenizer::token)
                .noneMatch(piece -> piece.isEmpty()
                        || special.contains(piece)
                        || SENTINEL.matcher(piece).matches());
    }

    private Optional<String> template(SpanForm form, int[] before, int[] after) {
        String start = texts.writtenBefore(form) + escaped(text(before));
        String end = escaped(text(after)) + (form.hasTextAfter() ? " " + texts.writtenAfter(form) : "");
        String template = (start.stripTrailing() + " {mask}" + end).strip();
        return CONTROL.matcher(template).find() ? Optional.empty() : Optional.of(template);
    }

    /** The span, with a space before it where its first token begins a word. */
    private String text(int[] span) {
        if (span.length == 0) {
            return "";
        }
        String first = tokenizer.token(span[0]);
        boolean spaced = first.startsWith("▁") || first.startsWith("Ġ");
        return (spaced ? " " : "") + tokenizer.decode(span).strip();
    }

    private static String escaped(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }
}
