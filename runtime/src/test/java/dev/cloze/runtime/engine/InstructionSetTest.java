package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class InstructionSetTest {

    @Test
    void itIsTheWidestThatTheProcessorHasAllOf() {
        assertThat(InstructionSet.of(Set.of("sse", "avx2", "avx512f", "avx512bw", "avx512vl", "avx512dq")))
                .isEqualTo(InstructionSet.AVX512);
        assertThat(InstructionSet.of(Set.of("sse", "avx2", "avx512f"))).isEqualTo(InstructionSet.AVX2);
        assertThat(InstructionSet.of(Set.of("asimd", "bf16"))).isEqualTo(InstructionSet.OTHER);
        assertThat(InstructionSet.of(Set.of())).isEqualTo(InstructionSet.OTHER);
    }

    @Test
    void onlyThatForWhichPackedMatricesAreAlwaysFasterNeedsNoOthers() {
        assertThat(InstructionSet.AVX512.packsAll()).isTrue();
        assertThat(InstructionSet.AVX2.packsAll()).isFalse();
        assertThat(InstructionSet.AVX2.packedRows()).isEqualTo(64);
    }
}
