package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {

    @ParameterizedTest
    @CsvSource({
        "3, false, 8, 4, 3, 3",
        "' 4 ', true, 2, 4, 4, 0",
        ", false, 2, 8, 2, 2",
        ", false, 8, 4, 4, 0",
        ", true, 2, 8, 8, 0",
    })
    void theSettingCountsThenOpenMpThenTheProcessorsThereAre(
            String setting, boolean openMp, int processors, int own, int used, int set) {
        AtomicInteger told = new AtomicInteger();
        assertThat(Threads.apply(setting, openMp, processors, own, told::set)).isEqualTo(used);
        assertThat(told).hasValue(set);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1025", "two", "", "2.5"})
    void whatIsNoNumberOfThreadsIsRefused(String setting) {
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> Threads.parse(setting));
        assertThat(refused.problem()).isEqualTo(Problem.THREADS_SETTING);
        assertThat(refused).hasMessageContaining("\"" + setting + "\"");
    }

    @Test
    void anotherNumberIsRefusedWithBoth() {
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> Threads.requireUnchanged("4", 2));
        assertThat(refused.problem()).isEqualTo(Problem.THREADS_SETTING);
        assertThat(refused).hasMessageContaining("cloze.threads = 4").hasMessageContaining("use 2 threads");
        assertThatCode(() -> Threads.requireUnchanged("2", 2)).doesNotThrowAnyException();
        assertThatCode(() -> Threads.requireUnchanged(null, 2)).doesNotThrowAnyException();
    }

    @Test
    void libtorchUsesNoMoreThanThereAreProcessors() {
        assertThat(LoadedLibtorch.load().threads())
                .isBetween(1, Math.max(Runtime.getRuntime().availableProcessors(), openMp()));
    }

    private static int openMp() {
        String variable = System.getenv("OMP_NUM_THREADS");
        return variable == null ? 1 : Integer.parseInt(variable);
    }
}
