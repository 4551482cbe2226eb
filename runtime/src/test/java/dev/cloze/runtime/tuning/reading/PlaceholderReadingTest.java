package dev.cloze.runtime.tuning.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity.Label;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholderReadingTest {

    private static PlaceholderReading of(String template) {
        return PlaceholderReading.of(LabelTask.of(Reviews.asked(template).build()));
    }

    @Test
    void maskFixedWordsAndTokensAreDroppedAndSegmentsKept() {
        assertThat(of("{soft:3} On {date|limit:4|head}: {text|lower}{mask}! {sep} Re: {reply}")
                        .text())
                .isEqualTo("{date|limit:4|head} {text|lower} {sep} {reply}");
        assertThat(of("{special:\"<s>\"} {mask} {sep} {text} {text}").text()).isEqualTo("{text} {text}");
    }

    @Test
    void itsPartsAreThoseOfItsText() {
        PlaceholderReading reading = of("{date|limit:4}{text} {mask} {sep} {reply}.");
        assertThat(reading.parts()).hasSize(7);
        assertThat(reading.identity().text()).isEqualTo("{date|limit:4} {text} {sep} {reply}");
        assertThat(reading.identity().labels())
                .containsExactly(new Label("POSITIVE", List.of()), new Label("NEGATIVE", List.of()));
    }

    @Test
    void aTemplateWithoutAComponentIsRefused() {
        assertThatThrownBy(() -> of("It was {mask}."))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("names no component, and PROMPT_FINE_TUNING reads nothing else");
    }

    @Test
    void wordsAreInLowerCaseAndSymbolsStandAlone() {
        assertThat(TextWords.of(" Don't_stop: caf\u00e9 x\u00b2 5G!\n"))
                .containsExactly("don", "'", "t_stop", ":", "caf\u00e9", "x\u00b2", "5g", "!");
        assertThat(TextWords.of(" \u00a0\t")).isEmpty();
    }

    @Test
    void whereNoSpacesPartWordsEachCharacterIsOne() {
        assertThat(TextWords.of("5G\u624b\u673a,ok")).containsExactly("5g", "\u624b", "\u673a", ",", "ok");
    }

    @Test
    void theLongestPlaceholderGivesWords() {
        PlaceholderReading reading = of("{a} {b|head} {sep} {c|fixed} {d|limit:2}");
        Map<String, String> values = Map.of("a", "a1 a2 a3 a4", "b", "b1 b2 b3 b4", "c", "c1 c2 c3", "d", "d1 d2 d3");
        assertThat(new WordReader(reading, Integer.MAX_VALUE).read(values))
                .isEqualTo(new WordReader.Words(
                        List.of(
                                List.of("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"),
                                List.of("c1", "c2", "c3", "d1", "d2")),
                        false));
        assertThat(new WordReader(reading, 9).read(values))
                .isEqualTo(new WordReader.Words(
                        List.of(List.of("a1", "a2", "b3", "b4"), List.of("c1", "c2", "c3", "d1", "d2")), true));
        assertThatThrownBy(() -> new WordReader(reading, 2).read(values))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("has 3 words, but an input may have 2");
        assertThatThrownBy(() -> new WordReader(reading, 2).read(Map.of("a", "")))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("No value was given for {b}");
    }
}
