package dev.cloze.runtime.template;

import static dev.cloze.annotations.syntax.Filter.Plain.LOWER;
import static dev.cloze.annotations.syntax.Filter.Plain.LOWER_FIRST;
import static dev.cloze.annotations.syntax.Filter.Plain.STRIP_PUNCTUATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.syntax.Filter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextFiltersTest {

    @Test
    void lowerLowersEveryLetterInAnyLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(apply("TITLE Ünï", LOWER)).isEqualTo("title ünï");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void lowerFirstLowersOnlyTheFirstCharacter() {
        assertThat(apply("The END", LOWER_FIRST)).isEqualTo("the END");
        assertThat(apply("𐐀b", LOWER_FIRST)).isEqualTo("𐐨b");
        assertThat(apply("", LOWER_FIRST)).isEmpty();
    }

    @Test
    void stripPunctuationTakesAllThatTrails() {
        assertThat(apply("Really?!...", STRIP_PUNCTUATION)).isEqualTo("Really");
        assertThat(apply("a fine film . ", STRIP_PUNCTUATION)).isEqualTo("a fine film");
        assertThat(apply("cost: 5$", STRIP_PUNCTUATION)).isEqualTo("cost: 5");
        assertThat(apply("很好。", STRIP_PUNCTUATION)).isEqualTo("很好");
        assertThat(apply("(yes)", STRIP_PUNCTUATION)).isEqualTo("(yes");
        assertThat(apply("?!", STRIP_PUNCTUATION)).isEmpty();
    }

    @Test
    void filtersWorkTogether() {
        assertThat(apply("  Was it GOOD?  ", STRIP_PUNCTUATION, LOWER_FIRST, new Filter.Limit(3)))
                .isEqualTo("was it GOOD");
    }

    private static String apply(String text, Filter... filters) {
        return TextFilters.apply(text, List.of(filters));
    }
}
