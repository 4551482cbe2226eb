package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, as libgomp reads its environment once; it prints what it has read. */
class WaitingThreadsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void thereIsLibgomp() {
        assumeThat(Files.exists(Path.of("/proc/self/maps")))
                .as("libtorch has libgomp on Linux alone")
                .isTrue();
    }

    /** Loads libtorch as everything here does. */
    static final class Loading {
        public static void main(String[] arguments) {
            Libtorch.engine();
            System.out.println("threads " + WaitingThreads.described());
            System.out.println("left "
                    + Native.load("c", C.class).getenv(WaitingThreads.TURNS_VARIABLE) + " "
                    + System.getenv(WaitingThreads.TURNS_VARIABLE));
        }
    }

    /** Other code has loaded libtorch before. */
    static final class LoadedBefore {
        public static void main(String[] arguments) {
            Engine.getEngine("PyTorch");
            Loading.main(arguments);
        }
    }

    /** What the test asks of the C library. */
    public interface C extends Library {
        @Nullable
        String getenv(String name);
    }

    @Test
    void withoutAWordOfTheUserTheySleepSoonAndNothingIsLeftBehind() throws Exception {
        String output = run(Loading.class, Map.of());
        assertThat(output)
                .contains("GOMP_SPINCOUNT = '" + WaitingThreads.TURNS + "'")
                .contains("threads sleep after " + WaitingThreads.TURNS + " turns")
                .contains("left null null");
    }

    @Test
    void whatTheUserHasSetStays() throws Exception {
        assertThat(run(Loading.class, Map.of("GOMP_SPINCOUNT", "77")))
                .contains("GOMP_SPINCOUNT = '77'")
                .contains("threads as ")
                .contains("left 77 77");
        assertThat(run(Loading.class, Map.of("OMP_WAIT_POLICY", "ACTIVE")))
                .contains("OMP_WAIT_POLICY = 'ACTIVE'")
                .doesNotContain("GOMP_SPINCOUNT = '" + WaitingThreads.TURNS + "'")
                .contains("threads as ");
    }

    @Test
    void thatItIsTooLateIsSaid() throws Exception {
        assertThat(run(LoadedBefore.class, Map.of()))
                .contains("threads spin for milliseconds, since libgomp was loaded before")
                .contains("set OMP_WAIT_POLICY=PASSIVE");
    }

    private String run(Class<?> main, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OMP_") || name.startsWith("GOMP_"));
        builder.environment().put("OMP_DISPLAY_ENV", "verbose");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
