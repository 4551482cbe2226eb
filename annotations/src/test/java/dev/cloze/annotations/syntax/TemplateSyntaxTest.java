package dev.cloze.annotations.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.cloze.annotations.syntax.Filter.Limit;
import dev.cloze.annotations.syntax.Filter.Plain;
import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import dev.cloze.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateSyntaxTest {

    @Test
    void aTemplateIsItsPartsInOrderWithTheirColumns() {
        assertThat(TemplateSyntax.parse("{title} {body} It was {mask}."))
                .containsExactly(
                        placeholder("title", 1),
                        new Text(" ", 8),
                        placeholder("body", 9),
                        new Text(" It was ", 15),
                        new Mask(23),
                        new Text(".", 29));
    }

    @Test
    void anEmptyTemplateHasNoParts() {
        assertThat(TemplateSyntax.parse("")).isEmpty();
    }

    @Test
    void inOneSegmentTheBoundaryIsALineBreakWithNoOtherWhiteSpace() {
        assertThat(inOneSegment("{a}{sep}{b}"))
                .containsExactly(placeholder("a", 1), new Text("\n", 4), placeholder("b", 9));
        assertThat(inOneSegment("{a} {sep} {b}"))
                .containsExactly(placeholder("a", 1), new Text("\n", 4), placeholder("b", 11));
        assertThat(inOneSegment("Is it? \n{sep} So: {mask}"))
                .containsExactly(new Text("Is it?\nSo: ", 1), new Mask(19));
        assertThat(inOneSegment("{sep}")).containsExactly(new Text("\n", 1));
        assertThat(inOneSegment("{a} and {mask}")).isEqualTo(TemplateSyntax.parse("{a} and {mask}"));
    }

    private static List<TemplatePart> inOneSegment(String text) {
        return TemplateSyntax.inOneSegment(TemplateSyntax.parse(text));
    }

    @Test
    void doubledBracesAreLiteralAndJoinTheTextAroundThem() {
        assertThat(TemplateSyntax.parse("a{{b}}c")).containsExactly(new Text("a{b}c", 1));
        assertThat(TemplateSyntax.parse("{{{title}}}"))
                .containsExactly(new Text("{", 1), placeholder("title", 3), new Text("}", 10));
        assertThat(TemplateSyntax.parse("{{mask}}")).containsExactly(new Text("{mask}", 1));
    }

    @Test
    void aPlaceholderIsAPathOfIdentifiers() {
        assertThat(TemplateSyntax.parse("{author.name}")).containsExactly(placeholder("author.name", 1));
        assertThat(TemplateSyntax.parse("{größe_2.标题}")).containsExactly(placeholder("größe_2.标题", 1));
        assertThat(TemplateSyntax.parse("{masks}{soften}{separator}"))
                .containsExactly(placeholder("masks", 1), placeholder("soften", 8), placeholder("separator", 16));
    }

    @Test
    void filtersKeepTheOrderWritten() {
        assertThat(TemplateSyntax.parse("{body|lower|lowerFirst|stripPunctuation|limit:110|head}"))
                .containsExactly(placeholder(
                        "body",
                        1,
                        Plain.LOWER,
                        Plain.LOWER_FIRST,
                        Plain.STRIP_PUNCTUATION,
                        new Limit(110),
                        Plain.HEAD));
        assertThat(TemplateSyntax.parse("{body|tail}{body|limit:100000|fixed}"))
                .containsExactly(
                        placeholder("body", 1, Plain.TAIL), placeholder("body", 12, new Limit(100_000), Plain.FIXED));
    }

    @Test
    void virtualTokensAreOneOrManyOrTextInitialised() {
        assertThat(TemplateSyntax.parse("{soft}{soft:5}{soft:4096}"))
                .containsExactly(new Soft(1, null, 1), new Soft(5, null, 7), new Soft(4096, null, 15));
        assertThat(TemplateSyntax.parse("{soft:\"good movie\"}?"))
                .containsExactly(new Soft(0, "good movie", 1), new Text("?", 20));
    }

    @Test
    void quotedTextHoldsBracesAndEscapes() {
        assertThat(TemplateSyntax.parse("{soft:\"a } {{b \\\" \\\\ |:\"}{mask}"))
                .containsExactly(new Soft(0, "a } {{b \" \\ |:", 1), new Mask(26));
    }

    @Test
    void aSpecialTokenIsNamedInQuotes() {
        assertThat(TemplateSyntax.parse("{special:\"<|im_start|>\"}user\n{specials}{special:\"} \\\" {\"}"))
                .containsExactly(
                        new Special("<|im_start|>", 1),
                        new Text("user\n", 25),
                        placeholder("specials", 30),
                        new Special("} \" {", 40));
    }

    @Test
    void theBoundaryBetweenSegmentsStandsOnce() {
        assertThat(TemplateSyntax.parse("{a}{sep}{b}"))
                .containsExactly(placeholder("a", 1), new Separator(4), placeholder("b", 9));
    }

    @Test
    void textThatSpellsSpecialTokensIsText() {
        assertThat(TemplateSyntax.parse("[MASK] <mask> </s> \uD800\u0000"))
                .containsExactly(new Text("[MASK] <mask> </s> \uD800\u0000", 1));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatBreaksTheGrammarIsQuotedWithItsColumn(String template, String part, int column, String sentence) {
        assertThatThrownBy(() -> TemplateSyntax.parse(template))
                .isInstanceOfSatisfying(TemplateSyntaxException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.TEMPLATE_SYNTAX);
                    assertThat(e.part()).isEqualTo(part);
                    assertThat(e.column()).isEqualTo(column);
                    assertThat(e)
                            .hasMessageStartingWith(
                                    "[TemplateSyntax] \"" + part + "\" at column " + column + " " + sentence + ".\n  ");
                    assertThat(e).hasMessageEndingWith("\n  See docs/errors.md#TemplateSyntax");
                });
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("It } was", "}", 4, "closes nothing"),
                arguments("{title}}", "}", 8, "closes nothing"),
                arguments("{title It was {mask}.", "{title It was ", 1, "has no closing brace"),
                arguments("ends {", "{", 6, "has no closing brace"),
                arguments("{title", "{title", 1, "has no closing brace"),
                arguments("a {}", "{}", 3, "names no component"),
                arguments("{ title }", "{ title }", 1, "names no component"),
                arguments("{a..b}", "{a..b}", 1, "names no component"),
                arguments("{.a}", "{.a}", 1, "names no component"),
                arguments("{1a}", "{1a}", 1, "names no component"),
                arguments("{a-b}", "{a-b}", 1, "names no component"),
                arguments("{|lower}", "{|lower}", 1, "names no component"),
                arguments("{title:5}", "{title:5}", 1, "names no component"),
                arguments("{a\u200b}", "{a\u200b}", 1, "names no component"),
                arguments("{a|lowr}", "lowr", 4, "is no filter"),
                arguments("{a|lower|Tail}", "Tail", 10, "is no filter"),
                arguments("{a|}", "", 4, "is no filter"),
                arguments("{a|lower:3}", "lower:3", 4, "takes no number"),
                arguments("{a|limit}", "limit", 4, "has no number of tokens"),
                arguments("{a|limit:}", "limit:", 4, "has no number of tokens"),
                arguments("{a|limit:0}", "limit:0", 4, "has no number of tokens"),
                arguments("{a|limit:-3}", "limit:-3", 4, "has no number of tokens"),
                arguments("{a|limit:100001}", "limit:100001", 4, "has no number of tokens"),
                arguments("{a|limit:99999999999}", "limit:99999999999", 4, "has no number of tokens"),
                arguments("{a|limit:٣}", "limit:٣", 4, "has no number of tokens"),
                arguments("{a|lower|lower}", "lower", 10, "is written twice"),
                arguments("{a|limit:3|limit:4}", "limit:4", 12, "is written twice"),
                arguments("{a|head|tail}", "tail", 9, "contradicts an earlier filter"),
                arguments("{a|fixed|lower|head}", "head", 16, "contradicts an earlier filter"),
                arguments("{mask|lower}", "{mask|lower}", 1, "takes neither a number nor a filter"),
                arguments("{mask:2}", "{mask:2}", 1, "takes neither a number nor a filter"),
                arguments("{sep:2}", "{sep:2}", 1, "takes neither a number nor a filter"),
                arguments("{sep} {sep}", "{sep}", 7, "is the second one"),
                arguments("{soft:0}", "{soft:0}", 1, "is no run of virtual tokens"),
                arguments("{soft:4097}", "{soft:4097}", 1, "is no run of virtual tokens"),
                arguments("{soft:five}", "{soft:five}", 1, "is no run of virtual tokens"),
                arguments("{soft|lower}", "{soft|lower}", 1, "is no run of virtual tokens"),
                arguments("{soft:}", "{soft:}", 1, "is no run of virtual tokens"),
                arguments("{soft:\"abc}", "{soft:\"abc}", 1, "has no closing quote"),
                arguments("a {special}", "{special}", 3, "names no special token"),
                arguments("{special:}", "{special:}", 1, "names no special token"),
                arguments("{special:<s>}", "{special:<s>}", 1, "names no special token"),
                arguments("{special|lower}", "{special|lower}", 1, "names no special token"),
                arguments("{special:\"\"}", "{special:\"\"}", 1, "names no token"),
                arguments("{special:\"<s>}", "{special:\"<s>}", 1, "has no closing quote"),
                arguments("{special:\"<s>\"|lower}", "{special:\"<s>\"|lower}", 1, "goes on after its token"),
                arguments("{special:\"a\\n\"}", "\\n", 12, "is no escape"),
                arguments("x {soft:\"abc\" }", "{soft:\"abc\" }", 3, "goes on after its initial text"),
                arguments("{soft:\"abc\"", "{soft:\"abc\"", 1, "goes on after its initial text"),
                arguments("{soft:\" \"}", "{soft:\" \"}", 1, "has no initial text"),
                arguments("{soft:\"a\\n\"}", "\\n", 9, "is no escape"),
                arguments("{soft:\"a\\", "\\", 9, "is no escape"));
    }

    @Test
    void theNearestFilterIsSuggested() {
        assertThatThrownBy(() -> TemplateSyntax.parse("{title|lowr} {mask}")).hasMessage("""
                        [TemplateSyntax] "lowr" at column 8 is no filter.
                          Did you mean "lower"?
                          The filters are limit, lower, lowerFirst, stripPunctuation, head, tail, fixed, spans.
                          See docs/errors.md#TemplateSyntax""");
    }

    @Test
    void aLongOrUnprintablePartIsShownShortOnOneLine() {
        assertThatThrownBy(() -> TemplateSyntax.parse("{a\n\u001b" + "b".repeat(100)))
                .hasMessageStartingWith("[TemplateSyntax] \"{a\uFFFD\uFFFD" + "b".repeat(33) + "...\" at column 1 has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{mask}", "{{", "a }} b", "{x|fixed|limit:3}"})
    void theListOfPartsCannotBeChanged(String template) {
        assertThat(TemplateSyntax.parse(template)).isUnmodifiable();
    }

    private static Placeholder placeholder(String path, int column, Filter... filters) {
        return new Placeholder(path, List.of(filters), column);
    }
}
