package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingOptions;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Against what PyTorch and Hugging Face transformers compute; training_goldens.py made the files. */
class GoldensTest {

    record RateCase(TrainingOptions.Schedule schedule, double peak, int warmup, int total, List<Double> rates) {}

    record Rates(List<RateCase> cases) {}

    record Training(
            List<List<Double>> inputs,
            List<Integer> labels,
            List<Double> losses,
            List<Double> norms,
            List<Double> weights) {}

    @Test
    void learningRatesAreThoseOfHuggingFace() {
        List<RateCase> cases = read("learning_rates.json", Rates.class).cases();
        assertThat(cases).hasSize(12);
        for (RateCase golden : cases) {
            LearningRateSchedule schedule =
                    new LearningRateSchedule(golden.schedule, golden.peak, golden.warmup, golden.total);
            for (int i = 0; i < golden.rates.size(); i++) {
                assertThat(schedule.at(i + 1)).isCloseTo(golden.rates.get(i), within(1e-15 * golden.peak));
            }
        }
    }

    @Test
    void aWholeTrainingIsThatOfTorch() {
        Training golden = read("logistic_regression.json", Training.class);
        TrainingOptions options = TrainingOptions.defaults()
                .withLearningRate(0.2)
                .withBatchSize(20)
                .withMaxSteps(30)
                .withWarmupSteps(5)
                .withWeightDecay(0.1)
                .withBeta1(0.8)
                .withBeta2(0.95)
                .withEpsilon(1e-6)
                .withClipNorm(0.2)
                .withEvaluateEvery(0);
        LogisticModel model = new LogisticModel(
                options,
                golden.inputs.stream().map(GoldensTest::numbers).toArray(double[][]::new),
                golden.labels.stream().mapToInt(Integer::intValue).toArray());
        RecordingListener heard = new RecordingListener();
        new TrainingLoop(options, new TrainingTask(20, 0, Map.of()), List.of(heard)).run(model);
        assertThat(numbers(heard.losses())).containsExactly(numbers(golden.losses), within(1e-12));
        assertThat(numbers(heard.steps.stream().map(StepEnded::gradientNorm).toList()))
                .containsExactly(numbers(golden.norms), within(1e-12));
        assertThat(model.weights).containsExactly(numbers(golden.weights), within(1e-12));
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static <T> T read(String name, Class<T> type) {
        InputStream in = Objects.requireNonNull(GoldensTest.class.getResourceAsStream(name));
        try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, type);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
