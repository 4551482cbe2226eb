package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import dev.cloze.annotations.Compat;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FewShotSamplerTest {

    /** What numpy draws; made by few_shot_goldens.py. */
    private record Golden(int n, int labels, int k, long seed, List<Integer> train, List<Integer> dev) {}

    static Stream<Golden> goldens() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(FewShotSamplerTest.class.getResourceAsStream("/data/few-shot.json")),
                StandardCharsets.UTF_8)) {
            return Stream.of(new Gson().fromJson(reader, Golden[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theReferenceOrderIsNumpys(Golden golden) {
        FewShotSplit<Integer> split = FewShotSampler.split(
                numbers(golden.n), i -> i % golden.labels, golden.k, golden.seed, Compat.REFERENCE);

        assertThat(split.train()).isEqualTo(golden.train);
        assertThat(split.dev()).isEqualTo(golden.dev);
    }

    @Test
    void everyLabelHasKExamplesInEachPartAndNoExampleIsInBoth() {
        for (long seed = 0; seed < 50; seed++) {
            FewShotSplit<Integer> split = FewShotSampler.split(numbers(300), i -> i % 3, 16, seed);

            assertThat(split.train()).hasSize(48);
            assertThat(split.dev()).hasSize(48);
            for (int label = 0; label < 3; label++) {
                int wanted = label;
                assertThat(split.train()).filteredOn(i -> i % 3 == wanted).hasSize(16);
                assertThat(split.dev()).filteredOn(i -> i % 3 == wanted).hasSize(16);
            }
            Set<Integer> all = new HashSet<>(split.train());
            all.addAll(split.dev());
            assertThat(all).hasSize(96);
        }
    }

    @Test
    void aSeedGivesOneSplitAndSeedsGiveMany() {
        Set<List<Integer>> splits = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            FewShotSplit<Integer> split = FewShotSampler.split(numbers(200), i -> i % 2, 4, seed);
            assertThat(FewShotSampler.split(numbers(200), i -> i % 2, 4, seed)).isEqualTo(split);
            splits.add(split.train());
        }
        assertThat(splits).hasSize(50);
        // drawn once; another order would change everybody's splits
        assertThat(FewShotSampler.split(numbers(8), i -> i % 2, 2, 7).train()).containsExactly(2, 4, 7, 3);
    }

    @Test
    void aLabelWithFewerThanTwiceKIsAnError() {
        assertThatThrownBy(() -> FewShotSampler.split(numbers(31), i -> i % 2 == 0 ? "even" : "odd", 8, 1))
                .hasMessageContaining("[TrainingTooFewExamples] The label odd has 15 examples, but K = 8 needs 16.")
                .hasMessageContaining("make K at most 7.");
    }

    @Test
    void optionsOutOfRangeAreErrors() {
        assertThatThrownBy(() -> FewShotSampler.split(numbers(31), i -> i % 2, 0, 1))
                .hasMessageContaining("[TrainingOptionOutOfRange] The few-shot option k is 0");
        assertThatThrownBy(() -> FewShotSampler.split(numbers(31), i -> i % 2, 1, -1, Compat.REFERENCE))
                .hasMessageContaining("[TrainingOptionOutOfRange] The few-shot option seed is -1");
    }

    private static List<Integer> numbers(int n) {
        return new ArrayList<>(IntStream.range(0, n).boxed().toList());
    }
}
