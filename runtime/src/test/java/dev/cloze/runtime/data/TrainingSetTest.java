package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.Labeled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSetTest {

    private static final List<String> LABELS = List.of("good", "bad", "mixed");

    @Test
    void aBalancedSetHasNothingToRemark() {
        TrainingSetReport<String> report = TrainingSet.check(
                examples("good:a", "bad:b", "mixed:c", "good:d", "bad:e", "good:f", "mixed:g"), LABELS);

        assertThat(report.counts()).containsExactly(Map.entry("good", 3), Map.entry("bad", 2), Map.entry("mixed", 2));
        assertThat(report.remarks()).isEmpty();
    }

    @Test
    void noExamplesAreAnError() {
        assertThatThrownBy(() -> TrainingSet.check(examples(), LABELS))
                .hasMessageContaining("[TrainingTooFewExamples] There are no training examples.")
                .hasMessageContaining("good, bad, mixed");
    }

    @Test
    void aLabelWithoutExamplesIsNamed() {
        assertThatThrownBy(() -> TrainingSet.check(examples("good:a", "good:b"), LABELS))
                .hasMessageContaining("[TrainingTooFewExamples] There is no training example of bad, mixed.")
                .hasMessageContaining("2 good, 0 bad, 0 mixed");
    }

    @Test
    void unbalancedExamplesAreRemarked() {
        TrainingSetReport<String> report = TrainingSet.check(examples("good:a", "good:b", "bad:c", "mixed:d"), LABELS);
        assertThat(report.remarks()).containsExactly("The training examples are unbalanced: 2 good, 1 bad, 1 mixed.");
    }

    @Test
    void contradictoryLabelsAreRemarkedWithTheirNumberAndAnExample() {
        List<Labeled<String, String>> examples =
                examples("good:same", "bad:same", "mixed:x", "good:Y", "mixed:y", "bad:z", "bad:z");

        assertThat(TrainingSet.check(examples, LABELS).remarks())
                .containsExactly("1 input has contradictory labels, such as good, bad for same.");
        assertThat(TrainingSet.check(examples, LABELS, text -> text.toLowerCase(Locale.ROOT))
                        .remarks())
                .containsExactly("2 inputs have contradictory labels, such as good, bad for same.");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nullsAreErrorsThatNameTheExample() {
        Labeled<String, String> whole = new Labeled<>("a", "good");
        List<Labeled<String, String>> examples = new ArrayList<>(Arrays.asList(whole, null));
        assertThatThrownBy(() -> TrainingSet.check(examples, LABELS))
                .hasMessageContaining("[InputNull] Training example 2 is null.");
        examples.set(1, new Labeled<>(null, "good"));
        assertThatThrownBy(() -> TrainingSet.check(examples, LABELS))
                .hasMessageContaining("example 2's input is null.");
        examples.set(1, new Labeled<>("b", null));
        assertThatThrownBy(() -> TrainingSet.check(examples, LABELS))
                .hasMessageContaining("example 2's label is null.");
    }

    @Test
    void aLabelOfAnotherTaskIsAnError() {
        assertThatThrownBy(() -> TrainingSet.check(examples("god:a"), LABELS))
                .hasMessageContaining("[VerbalizerUnknownLabel] The label god of training example 1");
    }

    /** Examples written as label:text. */
    private static List<Labeled<String, String>> examples(String... written) {
        return Arrays.stream(written)
                .map(text -> text.split(":"))
                .map(parts -> new Labeled<>(parts[1], parts[0]))
                .toList();
    }
}
