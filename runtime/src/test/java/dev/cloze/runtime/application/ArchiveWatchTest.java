package dev.cloze.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.serving.SharedEngines;
import dev.cloze.runtime.spi.DeclaredPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArchiveWatchTest {

    private static final long LOOK_MILLIS = 20;

    @TempDir
    Path folder;

    private final AtomicInteger tried = new AtomicInteger();

    /** The second time there is no memory for it. */
    private AutoCloseable opened() {
        if (tried.incrementAndGet() == 2) {
            throw new OutOfMemoryError("Java heap space");
        }
        return () -> {};
    }

    @Test
    void anErrorWhileAnArchiveIsOpenedIsToldAndEndsNoWatch() throws Exception {
        replace("the first");
        TaskPipeline<AutoCloseable> task =
                new TaskPipeline<>(review(), this::opened, new SharedEngines(EngineSettings.defaults(), false));
        var unused = task.open();
        ArchiveWatch watch = new ArchiveWatch(
                () -> Map.of("review", task.archive().orElseThrow()),
                name -> task.reload(),
                Duration.ofMillis(LOOK_MILLIS));
        try {
            replace("one that is too large");
            await(() -> task.status().failure() != null);
            assertThat(task.status().failure()).contains("[InternalError]", "OutOfMemoryError: Java heap space");
            assertThat(task.status().state()).isEqualTo(TaskStatus.State.OPEN);
            TimeUnit.MILLISECONDS.sleep(20 * LOOK_MILLIS);
            assertThat(tried).as("not again before it changes").hasValue(2);

            replace("small again");
            await(() -> task.status().failure() == null);
            assertThat(tried).hasValue(3);
        } finally {
            watch.close();
            task.close();
        }
    }

    private ConfiguredTask review() {
        return new ConfiguredTask(
                "review",
                DeclaredPipeline.of(Reviews.TASK),
                false,
                folder,
                false,
                null,
                null,
                new SettingNames("cloze.", "[", "]"));
    }

    private void replace(String manifest) throws IOException {
        Files.writeString(folder.resolve("manifest.json"), manifest);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) { // a minute at most, see above
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
