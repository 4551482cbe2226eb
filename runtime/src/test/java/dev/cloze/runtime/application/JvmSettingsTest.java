package dev.cloze.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import org.junit.jupiter.api.Test;

class JvmSettingsTest {

    @Test
    void aNumberOfThreadsThatIsNoneIsRefusedAsThePropertyIs() {
        try (JvmSettings settings = new JvmSettings().withThreads(0)) {
            assertThat(settings).isNotNull();
            assertThatThrownBy(() -> PromptPipeline.zeroShot(Reviews.TASK))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.THREADS_SETTING))
                    .hasMessageContaining("cloze.threads = \"0\"");
        }
        PromptPipeline.zeroShot(Reviews.TASK).close();
    }
}
