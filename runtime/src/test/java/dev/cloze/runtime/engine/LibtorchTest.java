package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.util.Utils;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.training.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    /** Loads libtorch, in a process of its own, and says what came of it. */
    static final class Loading {
        public static void main(String[] args) {
            try {
                System.out.println("loaded " + LoadedLibtorch.load().version());
            } catch (ClozeException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void anotherVersionOnTheClassPathIsRefused() throws IOException, InterruptedException {
        Path properties = home.resolve("native/lib/pytorch.properties");
        Files.createDirectories(properties.getParent());
        Files.writeString(properties, realProperties().replace("version=2.7.1", "version=2.5.1"));
        assertThat(ChildJvm.startAfter(home, Loading.class).output())
                .contains("[EngineLibtorch] The class path holds a libtorch 2.5.1")
                .contains(properties.toString())
                .contains("Only libtorch 2.7.1 works")
                .contains("ai.djl.pytorch:pytorch-native-cpu:2.7.1 belongs there alone")
                .doesNotContain("loaded");
        Files.writeString(properties, "version=2.5.1\nflavor=cpu\nclassifier=solaris-sparc\nlibraries=libtorch.so\n");
        assertThat(ChildJvm.startAfter(home, Loading.class).output()).contains("loaded 2.7.1");
    }

    private static String realProperties() throws IOException {
        try (InputStream properties =
                LibtorchTest.class.getClassLoader().getResourceAsStream("native/lib/pytorch.properties")) {
            return new String(Objects.requireNonNull(properties).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anotherVersionThatIsLoadedAlreadyIsRefused() {
        assertThatCode(() -> Libtorch.refuseOtherLoaded("2.7.1")).doesNotThrowAnyException();
        assertThat(message(() -> Libtorch.refuseOtherLoaded("2.7.11")))
                .contains("This process has loaded libtorch 2.7.11.");
    }

    @Test
    void theVariableWinsOverThePropertyAsInDjl() {
        String variable = System.getenv("PATH");
        System.setProperty("PATH", "another");
        System.setProperty("cloze.test.setting", "property");
        System.setProperty("cloze.test.empty", "");
        try {
            assertThat(Libtorch.setting("PATH")).isEqualTo(variable).isEqualTo(Utils.getEnvOrSystemProperty("PATH"));
            assertThat(Libtorch.setting("cloze.test.setting")).isEqualTo("property");
            assertThat(Libtorch.setting("cloze.test.empty")).isNull();
            assertThat(Libtorch.setting("cloze.test.none")).isNull();
        } finally {
            List.of("PATH", "cloze.test.setting", "cloze.test.empty").forEach(System::clearProperty);
        }
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
        return message(() -> Libtorch.refuseOther(folder, flavour, version));
    }

    private static String message(ThrowingCallable call) {
        ClozeException refused = catchThrowableOfType(ClozeException.class, call);
        assertThat(refused.problem()).isEqualTo(Problem.ENGINE_LIBTORCH);
        return String.valueOf(refused.getMessage());
    }
}
