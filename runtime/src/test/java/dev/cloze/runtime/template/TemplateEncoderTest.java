package dev.cloze.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateEncoderTest {

    /** A space gives a token of its own, so that doubled ones show; each other character is one token. */
    private static final TextEncoder CHARACTERS = (text, start) -> text.chars().toArray();

    private static final SpecialTokens SPECIAL =
            new SpecialTokens(1000, 1001, new int[] {1002}, new int[] {1003}, new int[] {1004}, true);

    private static final String REVIEW = "{title} {body} It was {mask}.";

    @Test
    void aModelWithOneTokenTypeHasZerosThroughout() {
        SpecialTokens roberta = new SpecialTokens(9, 1, new int[] {0}, new int[] {2, 2}, new int[] {2}, false);
        EncodedText encoded = compile("{a}{sep}{mask}", roberta, 20).encode(Map.of("a", "x"), 1);

        assertThat(encoded.ids()).containsExactly(0, 'x', 2, 2, 9, 2);
        assertThat(encoded.segmentIds()).containsOnly(0);
    }

    @Test
    void withoutATokenBetweenSegmentsTheirBoundaryIsALineBreak() {
        SpecialTokens decoder = new SpecialTokens(1000, 1001, new int[] {1002}, new int[0], new int[] {1004}, false);
        for (String template : new String[] {"{a}{sep}{b}", "{a} {sep} {b}", "{a}\n{sep}  {b}"}) {
            TemplateEncoder encoder = compile(template, decoder, 40);
            assertThat(shown(encoder.encode(Map.of("a", "x", "b", "y"), 0))).isEqualTo("x\ny");
            assertThat(shown(encoder.encode(Map.of("a", "", "b", "y"), 0))).isEqualTo("y");
            assertThat(shown(encoder.encode(Map.of("a", "x", "b", ""), 0))).isEqualTo("x");
        }
        String text = "Is {a}? {sep} So {b}: {mask}";
        assertThat(shown(compile(text, decoder, 40).encode(Map.of("a", "x", "b", "y"), 1)))
                .isEqualTo("Is x?\nSo y:#");
        assertThat(compile("{a}{sep}{mask}", decoder, 40).maskFollowsSpace()).isTrue();
        assertThat(compile(text, decoder, 40)
                        .encode(Map.of("a", "x", "b", "y"), 1)
                        .segmentIds())
                .containsOnly(0);
    }

    @Test
    void emptyValuesLeaveNoSecondSpaceAndNoLeadingOne() {
        assertThat(shown(REVIEW, Map.of("title", "T", "body", "B"))).isEqualTo("T B It was#.");
        assertThat(shown(REVIEW, Map.of("title", "T", "body", ""))).isEqualTo("T It was#.");
        assertThat(shown(REVIEW, Map.of("title", "", "body", " \t"))).isEqualTo("It was#.");
        assertThat(shown(REVIEW, Map.of("title", " \n", "body", "  B  "))).isEqualTo("B It was#.");
        String glued = "{a} {b}c\n{b} d ";
        assertThat(shown(glued, Map.of("a", "A", "b", ""))).isEqualTo("A c d");
        String newline = "x\n{a}y";
        assertThat(shown(newline, Map.of("a", ""))).isEqualTo("x\ny");
    }

    @Test
    void whatIsTooLongIsTakenFromTheLongestPlaceholderFirst() {
        String parts = "{a}{mask}{b}{c}";
        // two special tokens and the mask leave 9 of 12: c gives until it is as long as a, then c, a, c ...
        TemplateEncoder encoder = compile(parts, SPECIAL, 12);

        assertThat(shown(encoder.encode(Map.of("a", "aaaaa", "b", "bb", "c", "cccccccc"), 1)))
                .isEqualTo("aaaa#bbccc");
        assertThat(shown(encoder.encode(Map.of("a", "aaaaa", "b", "bb", "c", "cc"), 1)))
                .isEqualTo("aaaaa#bbcc");
        assertThat(encoder.encode(Map.of("a", "aaaaaa", "b", "bb", "c", "cc"), 1)
                        .cut())
                .isTrue();
        assertThat(encoder.encode(Map.of("a", "aaaaa", "b", "bb", "c", "cc"), 1).cut())
                .isFalse();
    }

    @Test
    void filtersDecideWhichEndIsKeptAndHowMuch() {
        assertThat(shown(compile("{a|head}{mask}", SPECIAL, 6).encode(Map.of("a", "abcdefgh"), 1)))
                .isEqualTo("fgh#");
        assertThat(shown(compile("{a|tail}{mask}", SPECIAL, 6).encode(Map.of("a", "abcdefgh"), 1)))
                .isEqualTo("abc#");
        EncodedText limited = compile("{a|limit:4|head}{mask}", SPECIAL, 60).encode(Map.of("a", "abcdefgh"), 1);
        assertThat(shown(limited)).isEqualTo("efgh#");
        assertThat(limited.cut()).isTrue();
        assertThat(shown(compile("{a|fixed}{mask}{b}", SPECIAL, 12).encode(Map.of("a", "aaaaaaaa", "b", "bb"), 1)))
                .isEqualTo("aaaaaaaa#b");
    }

    @Test
    void fixedPlaceholdersWithoutRoomAreAnErrorWithNumbers() {
        TemplateEncoder encoder = compile("{a|fixed}!{mask}", SPECIAL, 10);

        assertThatThrownBy(() -> encoder.encode(Map.of("a", "aaaaaaaa"), 1))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INPUT_TOO_LONG))
                .hasMessageContaining("has 12 tokens, but an input may have 10.")
                .hasMessageContaining("{a|fixed} has 8 tokens.");
        assertThat(encoder.encode(Map.of("a", "aaaaaa"), 1).length()).isEqualTo(10);
    }

    @Test
    void aTemplateThatIsTooLongByItselfIsRefused() {
        assertThatThrownBy(() -> compile("0123456789{mask}", SPECIAL, 12))
                .hasMessageContaining(
                        "[TemplateTooLong] The template alone is 13 tokens long, and an input may have 12.");
        assertThat(compile("0123456789{mask}", SPECIAL, 13).fixedLength(1)).isEqualTo(13);
    }

    @Test
    void severalMasksStandWhereTheOneIsWritten() {
        EncodedText encoded = compile(REVIEW, SPECIAL, 40).encode(Map.of("title", "T", "body", "B"), 3);

        assertThat(shown(encoded)).isEqualTo("T B It was###.");
        assertThat(encoded.maskPositions()).containsExactly(11, 12, 13);
        EncodedText filled = encoded.fill(1, 'x');
        assertThat(shown(filled)).isEqualTo("T B It was#x#.");
        assertThat(filled.maskPositions()).containsExactly(11, 13);
    }

    @Test
    void virtualTokensKeepTheirPlacesBetweenAnchors() {
        String parts = "{soft:2} {a}{soft}? {mask}";
        EncodedText encoded = TemplateEncoder.compile(TemplateSyntax.parse(parts), CHARACTERS, SPECIAL, 9, '~')
                .encode(Map.of("a", "abcdef"), 1);

        assertThat(shown(encoded)).isEqualTo("~~ a~?#");
        assertThat(encoded.softPositions()).containsExactly(1, 2, 5);
        assertThat(encoded.cut()).isTrue();
        assertThat(shown("{soft:\"ab\"}{mask}", Map.of()))
                .as("as many as the initial text has tokens")
                .isEqualTo("###");
    }

    @Test
    void theMaskFollowsASpaceAfterWhitespaceAndAtTheStart() {
        assertThat(compile(REVIEW, SPECIAL, 40).maskFollowsSpace()).isTrue();
        assertThat(compile("{mask} News:", SPECIAL, 40).maskFollowsSpace()).isTrue();
        assertThat(compile("{a}{sep}{mask}", SPECIAL, 40).maskFollowsSpace()).isTrue();
        assertThat(compile("\"{mask}\"", SPECIAL, 40).maskFollowsSpace()).isFalse();
        assertThat(compile("{a}{mask}", SPECIAL, 40).maskFollowsSpace()).isFalse();
    }

    @Test
    void wrongTemplatesAreRefused() {
        assertThatThrownBy(() -> compile("{mask} {mask}", SPECIAL, 40))
                .hasMessageContaining("[TemplateRepeatedMask] {mask} at column 8 of the template is one too many");
        assertThatThrownBy(() -> compile("{a}\n{mask}\nor {mask}", SPECIAL, 40))
                .hasMessageContaining("{mask} at column 4 of line 3 of the template is one too many; the first is at"
                        + " column 1 of line 2.");
        assertThatThrownBy(() -> compile("{a}", SPECIAL, 40).encode(Map.of("a", "x"), 1))
                .hasMessageContaining("[TemplateMissingMask]");
        assertThatThrownBy(() -> compile(REVIEW, SPECIAL, 40).encode(Map.of("titel", "x", "body", "y"), 1))
                .hasMessageContaining("[TemplateUnknownPlaceholder] No value was given for {title} of the template.")
                .hasMessageContaining("Did you mean \"titel\"?");
        SpecialTokens maskless = new SpecialTokens(-1, 0, new int[0], new int[0], new int[0], false);
        assertThatThrownBy(() -> compile(REVIEW, maskless, 40)).hasMessageContaining("[ModelUnsupported]");
    }

    private static TemplateEncoder compile(String template, SpecialTokens special, int maxLength) {
        return TemplateEncoder.compile(TemplateSyntax.parse(template), CHARACTERS, special, maxLength);
    }

    private static String shown(String template, Map<String, String> values) {
        return shown(compile(template, SPECIAL, 100).encode(values, template.contains("{mask}") ? 1 : 0));
    }

    /** The text without its first and last token, masks as #. */
    private static String shown(EncodedText encoded) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < encoded.length() - 1; i++) {
            int id = encoded.ids()[i];
            text.append(id == SPECIAL.mask() ? '#' : (char) id);
        }
        return text.toString();
    }
}
