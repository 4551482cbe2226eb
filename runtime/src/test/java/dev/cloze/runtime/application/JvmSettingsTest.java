package dev.cloze.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JvmSettingsTest {

    private static final String NAME = "cloze.test.of.settings";

    @AfterEach
    void clear() {
        System.clearProperty(NAME);
    }

    private static JvmSettings with(String value) {
        return new JvmSettings().with(NAME, value).with(NAME, value);
    }

    @Test
    void theLastApplicationTakesASettingAway() {
        JvmSettings first = with("one");
        JvmSettings second = with("one");
        JvmSettings other = with("two");
        first.close();
        first.close();
        assertThat(System.getProperty(NAME)).isEqualTo("one");
        other.close();
        assertThat(System.getProperty(NAME)).isEqualTo("one");
        second.close();
        assertThat(System.getProperty(NAME)).isNull();
        try (JvmSettings next = with("two")) {
            assertThat(next).isNotNull();
            assertThat(System.getProperty(NAME)).isEqualTo("two");
        }
        assertThat(System.getProperty(NAME)).isNull();
    }

    @Test
    void whatTheUserSetsStays() {
        System.setProperty(NAME, "one");
        with("one").close();
        assertThat(System.getProperty(NAME)).isEqualTo("one");
        System.clearProperty(NAME);
        JvmSettings settings = with("one");
        System.setProperty(NAME, "two");
        settings.close();
        assertThat(System.getProperty(NAME)).isEqualTo("two");
    }

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
