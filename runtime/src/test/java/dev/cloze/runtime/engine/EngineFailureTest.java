package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.problem.ClozeException;
import org.junit.jupiter.api.Test;

class EngineFailureTest {

    @Test
    void weightsThatDoNotFitIntoMemoryAreAnErrorWithACode() {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU)) {
            assertThatThrownBy(() -> EngineFailure.told(
                            "The weights could not be brought to the device cpu.",
                            () -> memory.zeros(new Shape(1L << 46))))
                    .isInstanceOf(ClozeException.class)
                    .hasMessageStartingWith("[EngineFailure] The weights could not be brought to the device cpu.\n  ")
                    .hasMessageContaining("memory")
                    .hasCauseInstanceOf(EngineException.class);
        }
    }
}
