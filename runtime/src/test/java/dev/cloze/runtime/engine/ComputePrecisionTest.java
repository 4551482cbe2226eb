package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputePrecisionTest {

    @ParameterizedTest
    @CsvSource({
        "float32, true, true, float32",
        "' BFloat16 ', false, true, bfloat16",
        "auto, true, true, bfloat16",
        "auto, false, true, float32",
        "auto, true, false, float32",
    })
    void aNameIsAPrecision(String name, boolean fast, boolean there, String precision) {
        assertThat(ComputePrecision.parse(name, ComputeDevice.CPU, fast, there)).hasToString(precision);
    }

    @Test
    void whatTheDeviceHasNotIsRefusedByName() {
        ClozeException refused = catchThrowableOfType(
                ClozeException.class, () -> ComputePrecision.parse("bfloat16", new ComputeDevice(0), true, false));
        assertThat(refused.problem()).isEqualTo(Problem.PRECISION_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("gpu:0 has no products in bfloat16.");
    }

    @ParameterizedTest
    @CsvSource({"half", "bf16", "''", "float64"})
    void aNameThatMeansNothingIsRefused(String name) {
        ClozeException refused = catchThrowableOfType(
                ClozeException.class, () -> ComputePrecision.parse(name, ComputeDevice.CPU, true, true));
        assertThat(refused.problem()).isEqualTo(Problem.PRECISION_UNAVAILABLE);
        assertThat(refused).hasMessageContaining("There is no precision \"" + name + "\".");
    }

    @Test
    void aProcessorIsFastInItByItsInstructionsForMatricesOrItsMaker() {
        assertThat(InstructionSet.isFastInBfloat16(Set.of("avx512_bf16", "amx_bf16")))
                .isTrue();
        assertThat(InstructionSet.isFastInBfloat16(Set.of("asimd", "bf16"))).isTrue();
        assertThat(InstructionSet.isFastInBfloat16(Set.of("avx512f", "avx512_bf16")))
                .isFalse();
        assertThat(InstructionSet.isFastInBfloat16(Set.of("GenuineIntel", "avx512_bf16")))
                .isFalse();
        assertThat(InstructionSet.isFastInBfloat16(Set.of("AuthenticAMD", "avx512_bf16")))
                .isTrue();
        assertThat(InstructionSet.isFastInBfloat16(Set.of("AuthenticAMD", "avx2")))
                .isFalse();
        assertThat(InstructionSet.isFastInBfloat16(Set.of("avx512f", "avx2"))).isFalse();
        assertThat(InstructionSet.bfloat16(Set.of("avx512_bf16"))).contains("auto does not take");
        assertThat(InstructionSet.bfloat16(Set.of("amx_bf16"))).isEqualTo("with fast bfloat16");
        assertThat(InstructionSet.bfloat16(Set.of("avx2"))).isEqualTo("without bfloat16");
    }

    /** Who asks by name gets what there is, fast or not. */
    @Test
    void onlyAutoAsksHowFastItIs() {
        assertThat(ComputePrecision.parse("bfloat16", ComputeDevice.CPU, false, true))
                .isEqualTo(ComputePrecision.BFLOAT16);
        assertThat(ComputePrecision.parse("auto", ComputeDevice.CPU, false, true))
                .isEqualTo(ComputePrecision.FLOAT32);
    }

    @Test
    void withoutThePropertyItIsFloat32() {
        assertThat(ComputeDevice.chosen().precision()).isEqualTo(ComputePrecision.FLOAT32);
    }
}
