package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.GenerationOptions.EarlyStopping;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdleOptionsTest {

    private static final GenerationOptions DEFAULTS =
            GenerationOptions.defaults().withMaxTokens(3);

    static Stream<GenerationOptions> working() {
        return Stream.of(
                DEFAULTS,
                DEFAULTS.withTopK(0).withTopP(1).withSeed(0),
                DEFAULTS.withTemperature(1).withTopK(3).withTopP(0.5).withSeed(7),
                DEFAULTS.withBeams(2).withLengthPenalty(2).withEarlyStopping(EarlyStopping.TRUE));
    }

    @ParameterizedTest
    @MethodSource("working")
    void whatDoesSomethingOrIsAsEverIsTaken(GenerationOptions options) {
        assertThatCode(() -> IdleOptions.refuse(options, name -> name)).doesNotThrowAnyException();
    }

    static Stream<GenerationOptions> idle() {
        return Stream.of(
                DEFAULTS.withTopK(3),
                DEFAULTS.withTopP(0.5),
                DEFAULTS.withSeed(7),
                DEFAULTS.withBeams(2).withSeed(7),
                DEFAULTS.withLengthPenalty(2),
                DEFAULTS.withTemperature(1).withEarlyStopping(EarlyStopping.NEVER));
    }

    @ParameterizedTest
    @MethodSource("idle")
    void whatDoesNothingIsRefused(GenerationOptions options) {
        assertThatThrownBy(() -> IdleOptions.refuse(options, name -> name))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.GENERATION_OPTION_OUT_OF_RANGE));
    }

    @Test
    void theMessageSaysTheOptionsAsTheyAreWrittenThere() {
        assertThatThrownBy(() -> IdleOptions.refuse(DEFAULTS.withTopP(0.9), name -> name.toUpperCase(Locale.ROOT)))
                .hasMessageContaining("TOPP does nothing where TEMPERATURE is 0.")
                .hasMessageContaining("Give TEMPERATURE a value above 0, or leave TOPP out.");
        assertThatThrownBy(() -> IdleOptions.refuse(DEFAULTS.withLengthPenalty(2), name -> name))
                .hasMessageContaining("lengthPenalty does nothing where beams is 1.");
    }

    @Test
    void theLogSaysItOnceWhereATextIsWritten(@TempDir Path folder) {
        IdleOptions.SAID.clear();
        GenerationOptions options = DEFAULTS.withTopK(2).withEarlyStopping(EarlyStopping.TRUE);
        try (Tokenizer tokenizer = ByteTokens.open(folder);
                TableModel model = TableModel.markov(12, 5)) {
            List<String> lines = Logged.during(() -> {
                for (int i = 0; i < 2; i++) {
                    TextGenerator.generate(
                            model,
                            tokenizer,
                            model.endTokens(),
                            List.of(new int[] {3}),
                            Injection.NONE,
                            options,
                            GenerationListener.NONE);
                }
            });
            assertThat(lines)
                    .filteredOn(line -> line.contains("does nothing"))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("topK does nothing where temperature is 0."),
                            line -> assertThat(line).contains("earlyStopping does nothing where beams is 1."));
        }
    }
}
