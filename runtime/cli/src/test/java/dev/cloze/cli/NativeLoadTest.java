package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Systems that let libtorch not be loaded, or nothing be unpacked; skipped where they can't be made. */
class NativeLoadTest {

    private static final String[] COMMAND = {"fill-mask", "--model", "cloze-tiny-en", "It was {mask}."};

    @TempDir
    private Path folder;

    private boolean mounted;

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            CommandRun.program(Map.of(), List.of("umount", folder.toString()));
        }
    }

    @Test
    void aJvmThatDeniesNativeAccessIsToldWithTheOption() throws IOException, InterruptedException {
        Path home = newestJdk();
        CommandRun run = CommandRun.java(
                home,
                Map.of(),
                List.of("--illegal-native-access=deny", "-cp", CommandRun.classPath(), Main.class.getName()),
                COMMAND);
        assertThat(run.code()).isOne();
        assertThat(run.errors()).contains("[EngineLibtorch]", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatLetsNoProgramsRunIsToldWithTheVariable() throws IOException, InterruptedException {
        mount("noexec,size=900m");
        CommandRun run = CommandRun.process(Map.of("DJL_CACHE_DIR", folder.toString()), List.of(), COMMAND);
        assertThat(run.code()).isOne();
        assertThat(run.errors()).contains("[EngineLibtorch]", "it is mounted noexec", "Set DJL_CACHE_DIR to");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aHomeThatNothingCanBeWrittenToIsToldWithTheProperty() throws IOException, InterruptedException {
        mount("ro,size=1m");
        CommandRun run = CommandRun.process(
                Map.of("XDG_CACHE_HOME", folder.resolve(".cache").toString()),
                List.of("-Duser.home=" + folder),
                "fill-mask",
                "--model",
                "cloze-small-en",
                "It was {mask}.");
        assumeTrue(run.code() != 0, "the model is no jar here, and nothing has to be unpacked");
        assertThat(run.errors())
                .containsAnyOf("[DiskWrite]", "[EngineLibtorch]")
                .contains("Read-only file system");
    }

    private void mount(String options) throws IOException, InterruptedException {
        CommandRun run = CommandRun.program(
                Map.of(), List.of("sh", "-c", "mount -t tmpfs -o " + options + " tmpfs '" + folder + "'"));
        assumeTrue(run.code() == 0, "this user may not mount: " + run.errors().strip());
        mounted = true;
    }

    private static Path newestJdk() throws IOException {
        String named = System.getenv("JAVA25_HOME");
        if (named != null) {
            return Path.of(named);
        }
        Path installed = Path.of("/usr/lib/jvm");
        List<Path> found = List.of();
        if (Files.isDirectory(installed)) {
            try (Stream<Path> homes = Files.list(installed)) {
                found = homes.filter(home -> home.getFileName().toString().contains("25"))
                        .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
                        .toList();
            }
        }
        assumeTrue(!found.isEmpty(), "no JDK 25: JAVA25_HOME names none, and none is in /usr/lib/jvm");
        return found.get(0);
    }
}
