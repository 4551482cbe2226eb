package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** The sentences are those that JDK 25, glibc's linker, musl's and DJL give, each tried by hand but musl's. */
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
        said(new UnsatisfiedLinkError(
                        "/x/libc10.so: Error loading shared library ld-linux-x86-64.so.2: No such file or directory"))
                .contains("musl", "glibc");
        said(new UnsatisfiedLinkError("Error relocating /x/libc10.so: __memcpy_chk: symbol not found"))
                .contains("musl");
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
