package dev.cloze.runtime.template;

import static dev.cloze.runtime.template.Parts.mask;
import static dev.cloze.runtime.template.Parts.sep;
import static dev.cloze.runtime.template.Parts.slot;
import static dev.cloze.runtime.template.Parts.soft;
import static dev.cloze.runtime.template.Parts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.Encoding;
import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemplateEncoderTest {

    /** A space gives a token of its own, so that doubled ones show; each other character is one token. */
    private static final TextEncoder CHARACTERS = (text, start) -> text.chars().toArray();

    private static final SpecialTokens SPECIAL =
            new SpecialTokens(1000, 1001, new int[] {1002}, new int[] {1003}, new int[] {1004}, true);

    private static final List<TemplatePart> REVIEW =
            List.of(slot("title"), text(" "), slot("body"), text(" It was "), mask(), text("."));

    @Test
    void idsAreThoseOfTheWholeTextWithTheRealMask() {
        TemplateEncoder encoder =
                TemplateEncoder.compile(REVIEW, DefaultModelTokens::encode, DefaultModelTokens.SPECIAL, 512);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            String title = RandomTexts.words(random, 6);
            String body = RandomTexts.words(random, 30);
            Encoding whole = DefaultModelTokens.TOKENIZER.encode(title + " " + body + " It was [MASK].");

            EncodedText encoded = encoder.encode(Map.of("title", title, "body", body), 1);

            assertThat(encoded.ids()).as("%s | %s", title, body).isEqualTo(DefaultModelTokens.ints(whole.getIds()));
            assertThat(encoded.segmentIds()).containsOnly(0);
            assertThat(encoded.ids()[encoded.maskPositions()[0]]).isEqualTo(DefaultModelTokens.SPECIAL.mask());
            assertThat(encoded.cut()).isFalse();
        }
    }

    @Test
    void twoSegmentsAreEncodedAsAPairOfTexts() {
        List<TemplatePart> parts = List.of(slot("a"), text("? "), sep(), text(" "), mask(), text(", "), slot("b"));
        TemplateEncoder encoder =
                TemplateEncoder.compile(parts, DefaultModelTokens::encode, DefaultModelTokens.SPECIAL, 512);
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            String a = RandomTexts.words(random, 12);
            String b = RandomTexts.words(random, 12);
            Encoding pair = DefaultModelTokens.TOKENIZER.encode(a + "?", "[MASK], " + b);

            EncodedText encoded = encoder.encode(Map.of("a", a, "b", b), 1);

            assertThat(encoded.ids()).isEqualTo(DefaultModelTokens.ints(pair.getIds()));
            assertThat(encoded.segmentIds()).isEqualTo(DefaultModelTokens.ints(pair.getTypeIds()));
        }
    }

    @Test
    void aModelWithOneTokenTypeHasZerosThroughout() {
        SpecialTokens roberta = new SpecialTokens(9, 1, new int[] {0}, new int[] {2, 2}, new int[] {2}, false);
        EncodedText encoded =
                compile(List.of(slot("a"), sep(), mask()), roberta, 20).encode(Map.of("a", "x"), 1);

        assertThat(encoded.ids()).containsExactly(0, 'x', 2, 2, 9, 2);
        assertThat(encoded.segmentIds()).containsOnly(0);
    }

    @Test
    void emptyValuesLeaveNoSecondSpaceAndNoLeadingOne() {
        assertThat(shown(REVIEW, Map.of("title", "T", "body", "B"))).isEqualTo("T B It was#.");
        assertThat(shown(REVIEW, Map.of("title", "T", "body", ""))).isEqualTo("T It was#.");
        assertThat(shown(REVIEW, Map.of("title", "", "body", " \t"))).isEqualTo("It was#.");
        assertThat(shown(REVIEW, Map.of("title", " \n", "body", "  B  "))).isEqualTo("B It was#.");
        List<TemplatePart> glued = List.of(slot("a"), text(" "), slot("b"), text("c\n"), slot("b"), text(" d "));
        assertThat(shown(glued, Map.of("a", "A", "b", ""))).isEqualTo("A c d");
        List<TemplatePart> newline = List.of(text("x\n"), slot("a"), text("y"));
        assertThat(shown(newline, Map.of("a", ""))).isEqualTo("x\ny");
    }

    @Test
    void whatIsTooLongIsTakenFromTheLongestPlaceholderFirst() {
        List<TemplatePart> parts = List.of(slot("a"), mask(), slot("b"), slot("c"));
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
        Filter head = Filter.Plain.HEAD;
        Filter fixed = Filter.Plain.FIXED;
        assertThat(shown(compile(List.of(slot("a", head), mask()), SPECIAL, 6).encode(Map.of("a", "abcdefgh"), 1)))
                .isEqualTo("fgh#");
        assertThat(shown(compile(List.of(slot("a", Filter.Plain.TAIL), mask()), SPECIAL, 6)
                        .encode(Map.of("a", "abcdefgh"), 1)))
                .isEqualTo("abc#");
        EncodedText limited = compile(List.of(slot("a", new Filter.Limit(4), head), mask()), SPECIAL, 60)
                .encode(Map.of("a", "abcdefgh"), 1);
        assertThat(shown(limited)).isEqualTo("efgh#");
        assertThat(limited.cut()).isTrue();
        assertThat(shown(compile(List.of(slot("a", fixed), mask(), slot("b")), SPECIAL, 12)
                        .encode(Map.of("a", "aaaaaaaa", "b", "bb"), 1)))
                .isEqualTo("aaaaaaaa#b");
    }

    @Test
    void fixedPlaceholdersWithoutRoomAreAnErrorWithNumbers() {
        TemplateEncoder encoder = compile(List.of(slot("a", Filter.Plain.FIXED), text("!"), mask()), SPECIAL, 10);

        assertThatThrownBy(() -> encoder.encode(Map.of("a", "aaaaaaaa"), 1))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INPUT_TOO_LONG))
                .hasMessageContaining("has 12 tokens, but an input may have 10.")
                .hasMessageContaining("{a|fixed} has 8 tokens.");
        assertThat(encoder.encode(Map.of("a", "aaaaaa"), 1).length()).isEqualTo(10);
    }

    @Test
    void aTemplateThatIsTooLongByItselfIsRefused() {
        assertThatThrownBy(() -> compile(List.of(text("0123456789"), mask()), SPECIAL, 12))
                .hasMessageContaining("[TemplateTooLong] The template alone has 13 tokens, but an input may have 12.");
        assertThat(compile(List.of(text("0123456789"), mask()), SPECIAL, 13).fixedLength())
                .isEqualTo(13);
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
        List<TemplatePart> parts = List.of(soft(2), text(" "), slot("a"), soft(1), text("? "), mask());
        EncodedText encoded =
                TemplateEncoder.compile(parts, CHARACTERS, SPECIAL, 9, '~').encode(Map.of("a", "abcdef"), 1);

        assertThat(shown(encoded)).isEqualTo("~~ a~?#");
        assertThat(encoded.softPositions()).containsExactly(1, 2, 5);
        assertThat(encoded.cut()).isTrue();
    }

    @Test
    void theMaskFollowsASpaceAfterWhitespaceAndAtTheStart() {
        assertThat(compile(REVIEW, SPECIAL, 40).maskFollowsSpace()).isTrue();
        assertThat(compile(List.of(mask(), text(" News:")), SPECIAL, 40).maskFollowsSpace())
                .isTrue();
        assertThat(compile(List.of(slot("a"), sep(), mask()), SPECIAL, 40).maskFollowsSpace())
                .isTrue();
        assertThat(compile(List.of(text("\""), mask(), text("\"")), SPECIAL, 40).maskFollowsSpace())
                .isFalse();
        assertThat(compile(List.of(slot("a"), mask()), SPECIAL, 40).maskFollowsSpace())
                .isFalse();
    }

    @Test
    void wrongTemplatesAreRefused() {
        assertThatThrownBy(() -> compile(List.of(mask(), mask()), SPECIAL, 40))
                .hasMessageContaining("[TemplateRepeatedMask]");
        assertThatThrownBy(() -> compile(List.of(slot("a")), SPECIAL, 40).encode(Map.of("a", "x"), 1))
                .hasMessageContaining("[TemplateMissingMask]");
        assertThatThrownBy(() -> compile(REVIEW, SPECIAL, 40).encode(Map.of("titel", "x", "body", "y"), 1))
                .hasMessageContaining("[TemplateUnknownPlaceholder] The template names \"title\"")
                .hasMessageContaining("Did you mean \"titel\"?");
        SpecialTokens maskless = new SpecialTokens(-1, 0, new int[0], new int[0], new int[0], false);
        assertThatThrownBy(() -> compile(REVIEW, maskless, 40)).hasMessageContaining("[ModelUnsupported]");
    }

    static TemplateEncoder compile(List<TemplatePart> parts, SpecialTokens special, int maxLength) {
        return TemplateEncoder.compile(parts, CHARACTERS, special, maxLength);
    }

    private static String shown(List<TemplatePart> parts, Map<String, String> values) {
        boolean masked = parts.stream().anyMatch(TemplatePart.Mask.class::isInstance);
        return shown(compile(parts, SPECIAL, 100).encode(values, masked ? 1 : 0));
    }

    /** The text without its first and last token, masks as #. */
    private static String shown(EncodedText encoded) {
        List<Integer> ids = new ArrayList<>();
        IntStream.range(1, encoded.length() - 1).forEach(i -> ids.add(encoded.ids()[i]));
        StringBuilder text = new StringBuilder();
        ids.forEach(id -> text.append(id == SPECIAL.mask() ? '#' : (char) (int) id));
        return text.toString();
    }
}
