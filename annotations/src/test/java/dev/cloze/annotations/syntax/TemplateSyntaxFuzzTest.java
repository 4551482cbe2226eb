package dev.cloze.annotations.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random templates: the parser answers with parts or with its own exception, and never with anything else. */
class TemplateSyntaxFuzzTest {

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "{{",
            "}}",
            "\"",
            "\\",
            ":",
            "|",
            ".",
            " ",
            "mask",
            "soft",
            "sep",
            "{mask}",
            "{soft:\"",
            "\"}",
            "title",
            "lower",
            "limit",
            "limit:",
            "fixed",
            "head",
            "tail",
            "0",
            "7",
            "4096",
            "99999999999",
            "\n",
            "\u0000",
            "é",
            "标",
            "\uD83D\uDE00",
            "\uD83D",
            "\uDE00",
            "\u200b",
            "</s>");

    private final SplittableRandom random = new SplittableRandom(20260101);

    @Test
    void randomPiecesOfTheGrammarParseOrAreRefused() {
        int parsed = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder template = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                template.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            parsed += check(template.toString()) ? 1 : 0;
        }
        assertThat(parsed).as("templates that parse").isBetween(20_000, 180_000);
    }

    @Test
    void randomCharactersParseOrAreRefused() {
        for (int i = 0; i < 50_000; i++) {
            char[] template = new char[random.nextInt(30)];
            for (int n = 0; n < template.length; n++) {
                template[n] = (char) random.nextInt(random.nextBoolean() ? 128 : 65_536);
            }
            check(new String(template));
        }
    }

    @Test
    void aVeryLongTemplateIsReadAtOnce() {
        assertThat(TemplateSyntax.parse("{{".repeat(500_000))).hasSize(1);
        assertThat(TemplateSyntax.parse("{a} ".repeat(100_000))).hasSize(200_000);
        assertThat(check("{".repeat(1_000_001))).isFalse();
        assertThat(check("{a" + ".a".repeat(500_000) + "}")).isTrue();
    }

    private static boolean check(String template) {
        try {
            List<TemplatePart> parts = TemplateSyntax.parse(template);
            assertThat(write(parts))
                    .as("what %s means, written again", template)
                    .satisfies(again -> assertThat(
                                    TemplateSyntax.parse(again).stream().map(TemplateSyntaxFuzzTest::withoutColumn))
                            .isEqualTo(parts.stream()
                                    .map(TemplateSyntaxFuzzTest::withoutColumn)
                                    .toList()));
            return true;
        } catch (TemplateSyntaxException e) {
            assertThat(template.startsWith(e.part(), e.column() - 1))
                    .as("part and column in %s", template)
                    .isTrue();
            return false;
        }
    }

    private static String write(List<TemplatePart> parts) {
        StringBuilder text = new StringBuilder();
        for (TemplatePart part : parts) {
            text.append(write(part));
        }
        return text.toString();
    }

    private static String write(TemplatePart part) {
        if (part instanceof Text text) {
            return text.text().replace("{", "{{").replace("}", "}}");
        }
        if (part instanceof Soft soft) {
            return soft.initialText() == null
                    ? "{soft:" + soft.count() + "}"
                    : "{soft:\"" + soft.initialText().replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        }
        if (part instanceof Placeholder placeholder) {
            StringBuilder text = new StringBuilder("{" + placeholder.path());
            for (Filter filter : placeholder.filters()) {
                text.append('|')
                        .append(
                                filter instanceof Filter.Limit limit
                                        ? "limit:" + limit.tokens()
                                        : ((Filter.Plain) filter).written());
            }
            return text.append('}').toString();
        }
        return part instanceof Mask ? "{mask}" : "{sep}";
    }

    private static TemplatePart withoutColumn(TemplatePart part) {
        if (part instanceof Text text) {
            return new Text(text.text(), 0);
        }
        if (part instanceof Soft soft) {
            return new Soft(soft.count(), soft.initialText(), 0);
        }
        if (part instanceof Placeholder placeholder) {
            return new Placeholder(placeholder.path(), placeholder.filters(), 0);
        }
        return part instanceof Mask ? new Mask(0) : new Separator(0);
    }
}
