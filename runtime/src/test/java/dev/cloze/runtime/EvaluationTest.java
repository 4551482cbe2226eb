package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import dev.cloze.runtime.metric.Predicted;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    /** What scikit-learn says; made by evaluation_goldens.py. */
    private record Golden(
            String name,
            List<Integer> gold,
            float[][] probabilities,
            double accuracy,
            double macroF1,
            double matthews,
            double calibrationError,
            List<List<Integer>> confusion) {}

    static Stream<Golden> goldens() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(EvaluationTest.class.getResourceAsStream("/metric/evaluation.json")),
                StandardCharsets.UTF_8)) {
            return Stream.of(new Gson().fromJson(reader, Golden[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theMeasuresAreThoseOfScikitLearn(Golden golden) {
        Evaluation<Integer> evaluation = evaluate(golden);

        assertThat(evaluation.accuracy()).isCloseTo(golden.accuracy, CLOSE);
        assertThat(evaluation.macroF1()).isCloseTo(golden.macroF1, CLOSE);
        assertThat(evaluation.matthews()).isCloseTo(golden.matthews, CLOSE);
        assertThat(evaluation.calibrationError()).isCloseTo(golden.calibrationError, CLOSE);
        assertThat(evaluation.confusion().counts()).isEqualTo(golden.confusion);
        assertThat(evaluation.n()).isEqualTo(golden.gold.size());
    }

    private static Evaluation<Integer> evaluate(Golden golden) {
        List<Predicted<Integer>> predictions = new ArrayList<>();
        for (int i = 0; i < golden.gold.size(); i++) {
            predictions.add(new Predicted<>(golden.gold.get(i), golden.probabilities[i], false));
        }
        List<Integer> labels =
                IntStream.range(0, golden.confusion.size()).boxed().toList();
        return Evaluation.of(labels, predictions);
    }

    @Test
    void theShareOfCutInputsIsReported() {
        float[] sure = {1, 0};
        Evaluation<String> evaluation = Evaluation.of(
                List.of("good", "bad"),
                List.of(
                        new Predicted<>("good", sure, true),
                        new Predicted<>("bad", sure, false),
                        new Predicted<>("good", sure, false),
                        new Predicted<>("good", sure, false)));

        assertThat(evaluation.cutShare()).isEqualTo(.25);
        assertThat(evaluation.toString()).isEqualToNormalizingNewlines("""
                        accuracy 0.7500, macro-F1 0.4286, Matthews 0.0000, calibration error 0.2500, cut inputs 25.0%, n 4
                          right \\ predicted       good        bad  precision  recall      F1
                                       good          3          0     0.7500  1.0000  0.8571
                                        bad          1          0     0.0000  0.0000  0.0000""");
    }

    @Test
    void nothingToEvaluateIsAnError() {
        assertThatThrownBy(() -> Evaluation.of(List.of("a", "b"), List.of()))
                .hasMessageStartingWith("[EvaluationNoExamples] There are no examples to evaluate on.");
    }

    @Test
    void aLabelOfAnotherTaskIsAnError() {
        assertThatThrownBy(() ->
                        Evaluation.of(List.of("a", "b"), List.of(new Predicted<>("c", new float[] {.5f, .5f}, false))))
                .hasMessageStartingWith(
                        "[VerbalizerUnknownLabel] The example's label c is not one of the task's labels.");
    }
}
