package dev.cloze.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import java.util.ArrayList;
import java.util.List;
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
        List<JvmSettings> others = new ArrayList<>();
        assertThat(Logged.during(() -> others.add(new JvmSettings().with(NAME, "two"))))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(NAME + " is one and not two: another application"));
        first.close();
        first.close();
        assertThat(System.getProperty(NAME)).isEqualTo("one");
        others.get(0).close();
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
        assertThat(Logged.during(() -> with("two").close())).isEmpty();
        assertThat(System.getProperty(NAME)).isEqualTo("one");
        System.clearProperty(NAME);
        JvmSettings settings = with("one");
        System.setProperty(NAME, "two");
        settings.close();
        assertThat(System.getProperty(NAME)).isEqualTo("two");
    }

    @Test
    void anotherNumberOfThreadsThanAnotherApplicationsIsRefusedAndNothingIsHeld() {
        try (JvmSettings first = new JvmSettings().withThreads(3)) {
            assertThat(first.withThreads(null)).isSameAs(first);
            assertThatThrownBy(() -> with("one").withThreads(4))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.THREADS_SETTING))
                    .hasMessageContaining("cloze.threads = 4, but another application of this JVM has set it to 3");
            assertThat(System.getProperty(NAME)).isNull();
            assertThat(System.getProperty("cloze.threads")).isEqualTo("3");
            new JvmSettings().withThreads(3).close();
        }
        assertThat(System.getProperty("cloze.threads")).isNull();
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
