package dev.cloze.runtime.tuning.tfidf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TermsTest {

    private static final String GOOD = "\u597d";
    private static final String EAT = "\u5403";

    @Test
    void theTermsOfAllSegmentsCount() {
        assertThat(Terms.of(List.of(List.of("cold", "a", "food"), List.of("late", "food"))))
                .containsExactly("cold", "food", "late", "food");
    }

    @Test
    void neighboursArePairedWithinASegmentAlone() {
        assertThat(Terms.of(List.of(List.of(GOOD, EAT)))).containsExactly(GOOD, EAT, GOOD + EAT);
        assertThat(Terms.of(List.of(List.of(GOOD), List.of(EAT)))).containsExactly(GOOD, EAT);
    }
}
