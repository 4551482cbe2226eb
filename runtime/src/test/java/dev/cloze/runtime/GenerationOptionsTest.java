package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationOptionsTest {

    private static final GenerationOptions DEFAULTS = GenerationOptions.defaults();

    @Test
    void theDefaultsAreGreedySearchOf128Tokens() {
        assertThat(DEFAULTS.values())
                .containsEntry("maxTokens", "128")
                .containsEntry("beams", "1")
                .containsEntry("temperature", "0.0")
                .containsEntry("lengthPenalty", "1.0")
                .containsEntry("earlyStopping", "FALSE")
                .containsEntry("topP", "1.0")
                .containsEntry("deadline", "none");
    }

    @Test
    void aChangeLeavesTheOriginalAsItWas() {
        GenerationOptions changed = DEFAULTS.withBeams(4).withStopWords("x").withForbiddenTokens(3, 3, 1);
        assertThat(changed.beams()).isEqualTo(4);
        assertThat(changed.forbiddenTokens()).containsExactly(1, 3);
        assertThat(DEFAULTS.beams()).isEqualTo(1);
        assertThat(DEFAULTS.stopWords()).isEmpty();
    }

    @Test
    void equalValuesAreEqualOptions() {
        assertThat(DEFAULTS.withSeed(7)).isEqualTo(DEFAULTS.withSeed(7)).hasSameHashCodeAs(DEFAULTS.withSeed(7));
        assertThat(DEFAULTS.withSeed(7)).isNotEqualTo(DEFAULTS);
        assertThat(DEFAULTS.withStopWords("a, b")).isNotEqualTo(DEFAULTS.withStopWords("a", "b"));
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                refused("maxTokens is 0", o -> o.withMaxTokens(0)),
                refused("maxTokens can't be 3 here: then the option minTokens is 4", o -> o.withMinTokens(4)
                        .withMaxTokens(3)),
                refused("minTokens is 129", o -> o.withMinTokens(129)),
                refused("minTokens is -1", o -> o.withMinTokens(-1)),
                refused("beams is 0", o -> o.withBeams(0)),
                refused("beams is 257", o -> o.withBeams(257)),
                refused("beams can't be 2", o -> o.withTemperature(0.5).withBeams(2)),
                refused("beams can't be 2", o -> o.withBeams(3).withSequences(3).withBeams(2)),
                refused("lengthPenalty is NaN", o -> o.withLengthPenalty(Double.NaN)),
                refused("noRepeatNgram is -1", o -> o.withNoRepeatNgram(-1)),
                refused("temperature is -0.1", o -> o.withTemperature(-0.1)),
                refused("temperature can't be 0.5", o -> o.withBeams(2).withTemperature(0.5)),
                refused(
                        "temperature can't be 0.0",
                        o -> o.withTemperature(1).withSequences(2).withTemperature(0)),
                refused("topK is -1", o -> o.withTopK(-1)),
                refused("topP is 0.0", o -> o.withTopP(0)),
                refused("topP is 1.1", o -> o.withTopP(1.1)),
                refused("sequences is 0", o -> o.withSequences(0)),
                refused("sequences can't be 2", o -> o.withSequences(2)),
                refused("sequences can't be 3", o -> o.withBeams(2).withSequences(3)),
                refused("stopWords can't be [] here: an empty text", o -> o.withStopWords("")),
                refused("forbidden can't be [a, ] here: an empty text", o -> o.withForbidden("a", "")),
                refused("forbiddenTokens is [-1]", o -> o.withForbiddenTokens(-1)),
                refused("deadline can't be PT0S", o -> o.withDeadline(Duration.ZERO)));
    }

    private static Arguments refused(String message, UnaryOperator<GenerationOptions> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfRange")
    void aValueOutOfItsRangeIsRefused(String message, UnaryOperator<GenerationOptions> change) {
        assertThatThrownBy(() -> change.apply(DEFAULTS))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.GENERATION_OPTION_OUT_OF_RANGE))
                .hasMessageContaining(message);
    }
}
