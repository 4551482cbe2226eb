package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownloadCommandTest {

    @Test
    void modelsThatAreHereAreNamedWithTheirFolders() {
        CommandRun run = CommandRun.here("download", "cloze-tiny-en", "cloze-lm-tiny-en");

        assertThat(run.code()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("cloze-tiny-en\t");
        assertThat(Path.of(lines.get(1).split("\t")[1]).resolve("config.json")).isRegularFile();
    }

    @Test
    void aModelThatIsNowhereIsAFailureBehindThoseThatAre() {
        CommandRun run = CommandRun.here("download", "cloze-tiny-en", "cloze-tiny-em");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).startsWith("cloze-tiny-en\t");
        assertThat(run.errors()).startsWith("[ModelNotFound]").contains("cloze-tiny-en");
    }
}
