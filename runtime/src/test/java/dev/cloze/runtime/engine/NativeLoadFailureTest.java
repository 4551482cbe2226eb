package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.EngineException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The sentences are those that JDK 25, glibc's linker, musl's 1.2.3 and DJL give, each tried by hand. Of a JVM that is itself linked to
 * musl there was none to try: what its linker says of our libraries is put together as HotSpot puts it.
 */
class NativeLoadFailureTest {

    @Test
    void aJvmThatDeniesNativeAccessIsToldTheFlag() {
        said(new EngineException(
                        "Failed to load PyTorch native library",
                        new IllegalCallerException("Illegal native access from an unnamed module (file:/lib/a.jar)")))
                .contains("--illegal-native-access=deny", "an unnamed module (file:/lib/a.jar)")
                .contains("Start it with --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void aFolderWithoutProgramsIsNamed() {
        said(new EngineException(
                        "Failed to load PyTorch native library",
                        new UnsatisfiedLinkError(
                                "/x/libgomp.so.1: /x/libgomp.so.1: failed to map segment from shared object")))
                .contains("noexec", "/x/libgomp.so.1")
                .contains("Set DJL_CACHE_DIR");
    }

    @Test
    void aSystemWithAnotherCLibraryIsNamed() {
        for (String line : List.of(
                "Error loading shared library libstdc++.so.6: No such file or directory (needed by /x/libc10.so)",
                "Error loading shared library libgcc_s.so.1: No such file or directory (needed by /x/libtorch_cpu.so)",
                "Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /x/libc10.so)",
                "Error relocating /x/libgomp-98b21ff3.so.1: __vfprintf_chk: symbol not found",
                "Error relocating /x/libgomp-98b21ff3.so.1: __sprintf_chk: initial-exec TLS resolves to dynamic definition in"
                        + " /x/libgomp-98b21ff3.so.1")) {
            said(unlinked(Path.of("/x/libc10.so"), line)).contains("musl, as Alpine does", "glibc", line);
        }
    }

    /** {@code CLOZE_MUSL} names musl's linker where it is not installed, such as {@code lib/ld-musl-x86_64.so.1} of Debian's package. */
    @Test
    void whatMuslSaysOfOurLibrariesIsKnown() throws IOException, InterruptedException {
        Path linker = Path.of(Objects.requireNonNullElse(
                System.getenv("CLOZE_MUSL"),
                "/lib/ld-musl-" + System.getProperty("os.arch").replace("amd64", "x86_64") + ".so.1"));
        assumeTrue(Files.isExecutable(linker), "musl's linker is not here: CLOZE_MUSL names none");
        Path folder = LoadedLibtorch.load().folder();
        for (String name : List.of("libc10.so", "libtorch_cpu.so")) {
            Path library = folder.resolve(name);
            Process process = new ProcessBuilder(linker.toString(), "--list", library.toString())
                    .redirectErrorStream(true)
                    .start();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("Error "))
                    .toList();
            assertThat(process.waitFor()).isNotZero();
            assertThat(lines).isNotEmpty();
            for (String line : lines) {
                said(unlinked(library, line)).contains("musl, as Alpine does", line);
            }
        }
    }

    /** As HotSpot puts what {@code dlerror} says. */
    private static Throwable unlinked(Path library, String line) {
        return new EngineException(
                "Failed to load PyTorch native library", new UnsatisfiedLinkError(library + ": " + line));
    }

    @Test
    void aDiskThatMayNotBeWrittenIsNamed() {
        said(new EngineException(
                        "Failed to extract PyTorch native library",
                        new FileSystemException("/home/x", null, "Read-only file system")))
                .contains("It could not be unpacked: /home/x: Read-only file system", "CLOZE_CACHE");
        said(new EngineException("Failed to extract", new AccessDeniedException("/home/x")))
                .contains("/home/x");
    }

    @Test
    void whatIsNotKnownIsAskedForAsBefore() {
        said(new EngineException("No deep learning engine found."))
                .contains("could not be loaded: No deep learning engine found.")
                .contains("pytorch-native-cpu");
    }

    private static org.assertj.core.api.AbstractStringAssert<?> said(Throwable failure) {
        ClozeException problem = Libtorch.notLoaded(failure);
        assertThat(problem.problem()).isEqualTo(Problem.ENGINE_LIBTORCH);
        assertThat(problem).hasCause(failure);
        return assertThat(problem.getMessage());
    }
}
