package dev.cloze.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerModelsTest {

    private static final Path TINY = Path.of("../../models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en");

    @TempDir
    private Path folder;

    @Test
    void whatIsOnTheClassPathIsLaidOutWithoutItsWeightsAndLeftAsItIsAfterwards() throws IOException {
        CompilerModels models = new CompilerModels(folder, List.of("cloze-tiny-en"), false);
        Path laidOut = models.layOut("", null).get(0);
        try (Stream<Path> files = Files.list(laidOut)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "tokenizer.json");
        }
        Path tokenizer = laidOut.resolve("tokenizer.json");
        assertThat(tokenizer).hasSameBinaryContentAs(TINY.resolve("tokenizer.json"));
        Files.setLastModifiedTime(tokenizer, FileTime.fromMillis(1000));
        models.layOut("", null);
        assertThat(Files.getLastModifiedTime(tokenizer)).isEqualTo(FileTime.fromMillis(1000));
        Files.writeString(tokenizer, "{}");
        models.layOut("", null);
        assertThat(tokenizer).hasSameBinaryContentAs(TINY.resolve("tokenizer.json"));
    }

    @Test
    void aPathIsReadWhereItIsAndNothingIsWrittenBesideTheFolder() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        String absolute = TINY.toAbsolutePath().normalize().toString();
        assertThat(new CompilerModels(own, List.of(absolute), false).layOut("", null))
                .containsExactly(Path.of(absolute));
        String out = TINY.toString();
        assertThatThrownBy(() -> new CompilerModels(own, List.of(out), false).layOut("", null))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("[ConfigSetting]")
                .hasMessageContaining("leads out of");
        assertThat(own).isEmptyDirectory();
    }

    @Test
    void whatIsNotHereIsNotFetchedWhereThatIsForbidden() {
        assertThatThrownBy(() ->
                        new CompilerModels(folder, List.of("org/nowhere-at-all"), false).layOut("mvn --offline", null))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("[ModelOffline]")
                .hasMessageContaining("mvn --offline forbids to download it");
    }

    @Test
    void settingsThatAreMissingAreNamed() {
        assertThat(ModelsMain.run(List.of("folder=" + folder))).isEqualTo(1);
        assertThat(ModelsMain.run(List.of("backbones=cloze-tiny-en"))).isEqualTo(1);
        assertThat(ModelsMain.run(List.of("nonsense"))).isEqualTo(1);
        assertThat(ModelsMain.run(List.of("folder=" + folder, "backbones=cloze-tiny-en")))
                .isZero();
        assertThat(folder.resolve("cloze-tiny-en/config.json")).isNotEmptyFile();
    }
}
