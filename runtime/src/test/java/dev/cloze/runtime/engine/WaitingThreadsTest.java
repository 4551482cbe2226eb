package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import com.sun.jna.Library;
import com.sun.jna.Native;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, as libgomp reads its environment once; it prints what it has read. */
class WaitingThreadsTest {

    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    Path folder;

    @BeforeEach
    void thereIsLibgomp() {
        assumeThat(Files.exists(Path.of("/proc/self/maps")))
                .as("libtorch has libgomp on Linux alone")
                .isTrue();
    }

    @Test
    void theySleepAtOnceWhereTheUserSaysSo() {
        assertThat(WaitingThreads.sleepAtOnce(Map.of())).isFalse();
        assertThat(WaitingThreads.sleepAtOnce(Map.of("OMP_WAIT_POLICY", "active")))
                .isFalse();
        assertThat(WaitingThreads.sleepAtOnce(Map.of("OMP_WAIT_POLICY", "Passive")))
                .isTrue();
        assertThat(WaitingThreads.sleepAtOnce(Map.of("GOMP_SPINCOUNT", "0"))).isTrue();
        assertThat(WaitingThreads.sleepAtOnce(Map.of("OMP_WAIT_POLICY", "PASSIVE", "GOMP_SPINCOUNT", "1000")))
                .isFalse();
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

    /** Whatever of this asks for JNA goes its way without it; it says a prediction. */
    static final class Predicting {
        public static void main(String[] arguments) {
            try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
                int[] ids = model.tokenizer().encode("It was [MASK].", true);
                TokenRow row = new TokenRow(ids, new int[ids.length], new int[] {3});
                float[] scores = model.backbone().scores(List.of(row), new int[] {1000, 2000}, false)[0][0];
                FreedMemory.giveBack();
                System.out.println("threads " + WaitingThreads.described());
                System.out.println("difference " + (scores[0] - scores[1]));
            }
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

    @Test
    void withoutJnaASingleWarningSaysThatTheySpinAndPredictionsAreTheSame() throws Exception {
        String without = Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*[/\\\\]jna-[^/\\\\]*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(without).isNotEqualTo(CLASS_PATH);

        String output = run(without, Predicting.class, Map.of("CLOZE_THREADS", "2"));
        assertThat(output)
                .contains("threads spin for milliseconds, since the C library cannot be called")
                .containsOnlyOnce("set OMP_WAIT_POLICY=PASSIVE")
                .containsOnlyOnce("WARN")
                .doesNotContain("ERROR");
        assertThat(difference(output))
                .isCloseTo(difference(run(Predicting.class, Map.of("CLOZE_THREADS", "2"))), within(1e-4));
    }

    private static double difference(String output) {
        return output.lines()
                .filter(line -> line.startsWith("difference "))
                .mapToDouble(line -> Double.parseDouble(line.substring("difference ".length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(output));
    }

    private String run(Class<?> main, Map<String, String> environment) throws IOException, InterruptedException {
        return run(CLASS_PATH, main, environment);
    }

    private String run(String classPath, Class<?> main, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
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
