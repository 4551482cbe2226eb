package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.Span;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanChecksTest {

    private static final String TEXT = "The Golden Fork 😀";

    private static void check(Span<?>... spans) {
        SpanChecks.complete(
                List.of(new Extracted<Object, Object>(TEXT, Arrays.asList(cast(spans)))),
                List.of("NAME", "FOOD"),
                (input, called) -> (String) input,
                "training example");
    }

    @SuppressWarnings("unchecked")
    private static Span<Object>[] cast(Span<?>[] spans) {
        return (Span<Object>[]) spans;
    }

    private static Span<Object> span(int start, int end) {
        return new Span<>(start, end, "NAME");
    }

    @Test
    void wholeWordsAreSpans() {
        assertThatCode(() -> check(span(4, 15), span(0, 3), span(16, 18))).doesNotThrowAnyException();
        assertThatCode(SpanChecksTest::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"-1,3", "4,19", "5,5", "7,4"})
    void whatIsNotInTheTextIsRefused(int start, int end) {
        assertThatThrownBy(() -> check(span(start, end)))
                .hasMessageContaining("[SpanOutside] The span from " + start + " to " + end
                        + " of training example 1 is not in" + " its text, which has 18 characters");
    }

    @Test
    void whiteSpaceAloneIsRefused() {
        assertThatThrownBy(() -> check(span(3, 4)))
                .hasMessageContaining("[SpanOutside]")
                .hasMessageContaining("no word");
    }

    @ParameterizedTest
    @CsvSource({"6,10,4,10", "4,16,4,15", "3,10,4,10", "12,17,11,18", "17,18,16,18"})
    void partsOfWordsAreRefusedWithThePlacesOfTheWords(int start, int end, int from, int to) {
        assertThatThrownBy(() -> check(span(start, end)))
                .hasMessageContaining("[SpanWithinWord]")
                .hasMessageContaining("\"" + TEXT.substring(from, to) + "\"")
                .hasMessageContaining("Write " + from + " to " + to);
    }

    @Test
    void spansThatShareAWordAreRefused() {
        assertThatThrownBy(() -> check(span(11, 15), span(4, 15)))
                .hasMessageContaining("[SpanOverlap]")
                .hasMessageContaining("\"Golden Fork\"");
        assertThatThrownBy(() -> check(span(4, 10), span(4, 10))).hasMessageContaining("[SpanOverlap]");
    }

    @SuppressWarnings("NullAway") // as of callers that don't check for nulls
    private static Object nothing() {
        return null;
    }

    @Test
    void labelsOfOthersAndNullsAreRefused() {
        assertThatThrownBy(() -> check(new Span<Object>(0, 3, "AREA")))
                .hasMessageContaining("[VerbalizerUnknownLabel]");
        assertThatThrownBy(() -> check(new Span<Object>(0, 3, nothing())))
                .hasMessageContaining("[VerbalizerUnknownLabel] The label null of a span");
        assertThatThrownBy(() -> SpanChecks.complete(
                        Arrays.asList((Extracted<String, String>) null),
                        List.of("NAME"),
                        (text, called) -> text,
                        "example"))
                .hasMessageContaining("[InputNull] Example 1 is null");
    }
}
