package dev.cloze.benchmarks.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.fewshot.TableRow.Cell;
import dev.cloze.benchmarks.fewshot.TableRow.Measured;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.TextExample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cell keeps apart what comes of the development examples and what comes of the test's. */
class CellsTest {

    @Test
    void accuraciesAreOfTheirOwnExamples() {
        FewShotTask sentiment = FewShotTasks.all().get(0);
        List<TextExample> examples = List.of(
                new TextExample("a good film", "positive"),
                new TextExample("a good book", "positive"),
                new TextExample("a bad film", "negative"),
                new TextExample("a bad book", "negative"));
        List<TextExample> turned = examples.stream()
                .map(one -> new TextExample(one.text(), one.label().equals("positive") ? "negative" : "positive"))
                .toList();
        Measured measured = RowCells.trained(TaskTuning.of(TuningMethod.TF_IDF), 0)
                .measure(sentiment, new FewShotData(examples, examples, turned, List.of()), 13, 0);
        assertThat(measured).isEqualTo(new Measured(1, 0));
    }

    @Test
    void correlationsAreOfTheirOwnExamples() {
        List<TextExample> pairs = List.of(
                new TextExample("A man sings.", "A man is singing.", "4.8"),
                new TextExample("A dog runs.", "A dog is running.", "4.5"),
                new TextExample("A man sings.", "Prices fell again.", "0.2"),
                new TextExample("A dog runs.", "She wrote a book.", "0.4"));
        List<TextExample> turned = pairs.stream()
                .map(pair -> new TextExample(
                        pair.title(), pair.text(), Double.toString(5 - Double.parseDouble(pair.label()))))
                .toList();
        Cell untrained = SimilarityCells.of("zero-shot");
        Measured same =
                untrained.measure(PairTasks.similarity(), new FewShotData(List.of(), pairs, pairs, List.of()), 13, 0);
        Measured other =
                untrained.measure(PairTasks.similarity(), new FewShotData(List.of(), pairs, turned, List.of()), 13, 0);
        assertThat(same.test()).isEqualTo(same.dev());
        assertThat(Math.abs(same.dev())).isGreaterThan(0.05);
        assertThat(other.dev()).isEqualTo(same.dev());
        assertThat(other.test()).isCloseTo(-same.dev(), within(1e-9));
    }
}
