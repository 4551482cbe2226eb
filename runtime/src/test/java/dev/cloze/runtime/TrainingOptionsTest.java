package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingOptionsTest {

    private static final TrainingOptions DEFAULTS = TrainingOptions.defaults();

    @Test
    void theDefaultsAreThoseOfLmBff() {
        assertThat(DEFAULTS.values())
                .containsEntry("batchSize", "8")
                .containsEntry("maxSteps", "1000")
                .containsEntry("evaluateEvery", "100")
                .containsEntry("weightDecay", "0.0")
                .containsEntry("clipNorm", "1.0")
                .containsEntry("warmupSteps", "0")
                .containsEntry("schedule", "LINEAR")
                .containsEntry("patience", "0");
        assertThat(DEFAULTS.checkpointFolder()).isNull();
    }

    @Test
    void aChangeLeavesTheOriginalAsItWas() {
        TrainingOptions changed = DEFAULTS.withMaxSteps(10).withSeed(7);
        assertThat(changed.maxSteps()).isEqualTo(10);
        assertThat(DEFAULTS.maxSteps()).isEqualTo(1000);
        assertThat(DEFAULTS.seed()).isEqualTo(42);
    }

    @Test
    void equalValuesAreEqualOptions() {
        assertThat(DEFAULTS.withSeed(7)).isEqualTo(DEFAULTS.withSeed(7)).hasSameHashCodeAs(DEFAULTS.withSeed(7));
        assertThat(DEFAULTS.withSeed(7)).isNotEqualTo(DEFAULTS);
        assertThat(DEFAULTS.withCheckpointFolder(Path.of("a"))).isNotEqualTo(DEFAULTS);
    }

    @Test
    void whereCheckpointsAreWrittenDoesNotChangeTheTraining() {
        assertThat(DEFAULTS.withCheckpointFolder(Path.of("a"))
                        .withCheckpointEvery(3)
                        .values())
                .isEqualTo(DEFAULTS.values());
    }

    @Test
    void shortTrainingsHaveCheckpointsTooWhereNobodySaysWhen() {
        assertThat(DEFAULTS.checkpointEvery()).isEqualTo(100);
        assertThat(DEFAULTS.withMaxSteps(80).checkpointEvery()).isEqualTo(20);
        assertThat(DEFAULTS.withMaxSteps(3).checkpointEvery()).isEqualTo(1);
        assertThat(DEFAULTS.withMaxSteps(80).withCheckpointEvery(70).checkpointEvery())
                .isEqualTo(70);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refusal("learningRate is 0.0, but its range is above 0, at most 1", o -> o.withLearningRate(0)),
                refusal("learningRate is 1.5", o -> o.withLearningRate(1.5)),
                refusal("learningRate is NaN", o -> o.withLearningRate(Double.NaN)),
                refusal("batchSize is 0, but its range is 1 to 1,024", o -> o.withBatchSize(0)),
                refusal("batchSize is 1025", o -> o.withBatchSize(1025)),
                refusal(
                        "batchSize can't be 2 here: then the option accumulation is 4, but its range is 1 to batchSize (now 1 to 2)",
                        o -> o.withAccumulation(4).withBatchSize(2)),
                refusal("accumulation is 9, but its range is 1 to batchSize (now 1 to 8)", o -> o.withAccumulation(9)),
                refusal("maxSteps is 0", o -> o.withMaxSteps(0)),
                refusal("maxSteps can't be 9 here: then the option warmupSteps is 10", o -> o.withWarmupSteps(10)
                        .withMaxSteps(9)),
                refusal("warmupSteps is -1", o -> o.withWarmupSteps(-1)),
                refusal("warmupSteps is 1001", o -> o.withWarmupSteps(1001)),
                refusal("weightDecay is -0.1, but its range is 0 to 1", o -> o.withWeightDecay(-0.1)),
                refusal("beta1 is 1.0, but its range is 0 to below 1", o -> o.withBeta1(1)),
                refusal("beta2 is -0.5", o -> o.withBeta2(-0.5)),
                refusal("epsilon is 0.0", o -> o.withEpsilon(0)),
                refusal("clipNorm is Infinity", o -> o.withClipNorm(Double.POSITIVE_INFINITY)),
                refusal("evaluateEvery is -1, but its range is 0 to 1,000,000.", o -> o.withEvaluateEvery(-1)),
                refusal("patience is -1", o -> o.withPatience(-1)),
                refusal("checkpointEvery is 0", o -> o.withCheckpointEvery(0)));
    }

    private static Arguments refusal(String message, UnaryOperator<TrainingOptions> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aValueOutOfItsRangeIsRefused(String message, UnaryOperator<TrainingOptions> change) {
        assertThatThrownBy(() -> change.apply(DEFAULTS))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TRAINING_OPTION_OUT_OF_RANGE))
                .hasMessageContaining("The training option " + message);
    }
}
