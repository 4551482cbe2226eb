package dev.cloze.runtime.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelNamesTest {

    enum Alike {
        GOOD,
        BAD;

        @Override
        public String toString() {
            return "an opinion";
        }
    }

    enum Told {
        GOOD("good"),
        BAD("bad") {};

        private final String text;

        Told(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private record Text(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    void constantsAreCalledByTheirNames() {
        assertThat(LabelNames.of(List.of(Alike.values()))).containsExactly("GOOD", "BAD");
        assertThat(LabelNames.of(List.of(Told.values()))).containsExactly("GOOD", "BAD");
        assertThat(LabelNames.of(List.of("yes", new Text("no")))).containsExactly("yes", "no");
    }

    @Test
    void whatWasSavedByTextsIsFoundByThem() {
        List<Told> labels = List.of(Told.values());
        assertThat(LabelNames.places(labels, List.of("BAD", "GOOD"))).containsExactly(1, 0);
        assertThat(LabelNames.places(labels, List.of("bad", "good"))).containsExactly(1, 0);
        assertThat(LabelNames.places(labels, List.of("bad", "OTHER"))).containsExactly(-1, 0);
        assertThat(LabelNames.of(labels, List.of("bad", "bad"))).containsExactly("good", "bad");
        assertThat(LabelNames.of(labels, List.of("BAD", "BAD"))).containsExactly("GOOD", "BAD");
        assertThat(LabelNames.places(List.of(Alike.values()), List.of("an opinion", "an opinion")))
                .as("texts that are alike stand in the order of the labels")
                .containsExactly(0, 1);
    }

    @Test
    void otherLabelsThatAreAlikeAreRefused() {
        LabelNames.requireUnlike("Review", List.of(Alike.values()));
        assertThatThrownBy(() -> LabelNames.requireUnlike("Review", List.of(new Text("a"), new Text("b"), "a")))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.VERBALIZER_REPEATED_LABEL))
                .hasMessageContaining("Two labels of Review have the same text, \"a\"");
    }
}
