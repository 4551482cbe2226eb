package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeDeviceTest {

    @ParameterizedTest
    @CsvSource({
        "auto, 0, cpu",
        "auto, 2, gpu:0",
        "cpu, 2, cpu",
        "gpu, 1, gpu:0",
        "gpu:1, 2, gpu:1",
        "' GPU:0 ', 1, gpu:0",
    })
    void aNameIsADevice(String name, int gpus, String device) {
        assertThat(ComputeDevice.parse(name, gpus)).hasToString(device);
    }

    @ParameterizedTest
    @CsvSource({"gpu, 0", "gpu:2, 2", "gpu:1000, 2", "gpu:, 2", "gpu:-1, 2", "cuda, 2", "'', 2"})
    void aNameThatMeansNothingHereListsWhatThereIs(String name, int gpus) {
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> ComputeDevice.parse(name, gpus));
        assertThat(refused.problem()).isEqualTo(Problem.DEVICE_UNAVAILABLE);
        assertThat(refused)
                .hasMessageContaining("There is no device \"" + name + "\".")
                .hasMessageContaining("This machine has: cpu" + (gpus == 2 ? ", gpu:0, gpu:1." : "."))
                .hasMessageContaining("Set cloze.device");
    }

    @Test
    void thisMachineHasACpuAndChoosesSomethingItHas() {
        assertThat(ComputeDevice.available()).startsWith("cpu");
        assertThat(ComputeDevice.available()).contains(ComputeDevice.chosen().toString());
        assertThat(ComputeDevice.parse("cpu")).isEqualTo(ComputeDevice.CPU);
    }
}
