package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {

    @TempDir
    private Path home;

    private Path lib;

    @BeforeEach
    void makeLib() throws IOException {
        lib = Files.createDirectory(home.resolve("lib"));
    }

    @Test
    void withoutSettingsNothingIsRefused() {
        assertThatCode(() -> Libtorch.refuseOther(null, null, null)).doesNotThrowAnyException();
        assertThatCode(() -> Libtorch.refuseOther(null, "cpu", "2.7.1")).doesNotThrowAnyException();
    }

    @Test
    void theRightVersionWithItsFlavourIsTaken() throws IOException {
        // As libtorch's zip has it, above the lib folder.
        Files.writeString(home.resolve("build-version"), "2.7.1+cpu\n");
        assertThat(Libtorch.version(lib)).contains("2.7.1");
        assertThatCode(() -> Libtorch.refuseOther(lib.toString(), "cpu", null)).doesNotThrowAnyException();
    }

    @Test
    void theVersionOfAPythonInstallationIsRead() throws IOException {
        Files.writeString(home.resolve("version.py"), "from typing import Optional\n__version__ = '2.7.1+cu128'\n");
        assertThat(Libtorch.version(lib)).contains("2.7.1");
        assertThatCode(() -> Libtorch.refuseOther(lib.toString(), "cu128", null))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherVersionIsRefusedNamingBoth() throws IOException {
        Files.writeString(home.resolve("build-version"), "2.9.0+cpu\n");
        assertThat(refused(lib.toString(), "cpu", null))
                .contains("PYTORCH_LIBRARY_PATH=" + lib + " holds a libtorch 2.9.0.")
                .contains("Only libtorch 2.7.1 works")
                .contains("Unset it");
    }

    @Test
    void aLongerNumberThatBeginsAlikeIsAnotherVersion() throws IOException {
        Files.writeString(home.resolve("build-version"), "2.7.11\n");
        assertThat(refused(lib.toString(), "cpu", null)).contains("holds a libtorch 2.7.11.");
    }

    @Test
    void anUnknownVersionIsRefused() {
        assertThat(refused(lib.toString(), "cpu", null)).contains("holds a libtorch of unknown version.");
        assertThat(refused(home.resolve("nowhere").toString(), "cpu", null)).contains("of unknown version");
    }

    @Test
    void aFolderWithoutItsFlavourIsRefused() throws IOException {
        Files.writeString(home.resolve("build-version"), "2.7.1+cpu\n");
        assertThat(refused(lib.toString(), null, null))
                .contains("PYTORCH_LIBRARY_PATH is set without PYTORCH_FLAVOR.")
                .contains("Set PYTORCH_FLAVOR to cpu or cu128");
    }

    @Test
    void anotherVersionAskedForIsRefused() {
        assertThat(refused(null, null, "2.5.1"))
                .contains("PYTORCH_VERSION asks for libtorch 2.5.1.")
                .contains("Unset PYTORCH_VERSION.");
        assertThat(refused(null, null, "2.7.11")).contains("asks for libtorch 2.7.11.");
    }

    @Test
    void theOneThatIsLoadedTellsAboutItself() {
        LoadedLibtorch loaded = LoadedLibtorch.load();
        assertThat(loaded.version()).isEqualTo(Libtorch.VERSION);
        assertThat(loaded.flavour()).matches("cpu.*|cu\\d+.*");
        assertThat(loaded.folder()).isDirectory();
        assertThat(loaded.threads()).isPositive();
    }

    private static String refused(@Nullable String folder, @Nullable String flavour, @Nullable String version) {
        ClozeException refused =
                catchThrowableOfType(ClozeException.class, () -> Libtorch.refuseOther(folder, flavour, version));
        assertThat(refused.problem()).isEqualTo(Problem.ENGINE_LIBTORCH);
        return String.valueOf(refused.getMessage());
    }
}
