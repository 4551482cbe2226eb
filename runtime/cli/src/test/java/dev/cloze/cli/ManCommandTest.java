package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManCommandTest {

    @TempDir
    private Path folder;

    @Test
    void everyCommandHasAPageThatManShowsWithoutAComplaint() throws IOException, InterruptedException {
        assumeTrue(CompletionCommandTest.isThere("man"), "man is not on this machine");
        CommandRun written = CommandRun.here("man", "--output", folder.toString());
        assertThat(written.code()).as(written.errors()).isZero();
        List<Path> pages;
        try (Stream<Path> files = Files.list(folder)) {
            pages = files.sorted().toList();
        }
        assertThat(pages)
                .extracting(page -> page.getFileName().toString())
                .contains("cloze.1", "cloze-train.1", "cloze-man.1");
        for (Path page : pages) {
            CommandRun shown = CommandRun.program(
                    Map.of("MANROFFOPT", "-ww", "MANWIDTH", "100", "LC_ALL", "C.UTF-8"),
                    List.of("man", "-l", page.toString()));
            assertThat(shown.errors()).as(page.toString()).isEmpty();
            assertThat(shown.out()).contains("NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS");
        }
    }

    @Test
    void mandocFindsNothingWrong() throws IOException, InterruptedException {
        assumeTrue(CompletionCommandTest.isThere("mandoc"), "mandoc is not on this machine");
        CommandRun.here("man", "--output", folder.toString());
        CommandRun run = CommandRun.program(
                Map.of(),
                List.of("sh", "-c", "mandoc -T lint -W warning " + folder + "/*.1 | grep -v 'missing date' || true"));
        assertThat(run.out() + run.errors()).isEmpty();
    }

    @Test
    void aPageSaysWhatHelpSays() throws IOException, InterruptedException {
        assumeTrue(CompletionCommandTest.isThere("man"), "man is not on this machine");
        Path page = Files.writeString(
                folder.resolve("page.1"), CommandRun.here("man", "evaluate").out());
        String shown = CommandRun.program(
                        Map.of("MANWIDTH", "200", "LC_ALL", "C.UTF-8"), List.of("man", "-l", page.toString()))
                .out();
        assertThat(shown)
                .contains("cloze-evaluate - Measures a saved pipeline of any kind")
                .contains("--label-column=NAME")
                .contains("The column of the right labels, or of what else is right; \"label\" otherwise.")
                .contains("\"{text} It was {mask}.\"")
                .contains("cloze(1)");
    }

    @Test
    void aCommandThatIsNotThereIsRefused() {
        CommandRun run = CommandRun.here("man", "trian");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("There is no command trian. Did you mean \"train\"?");
    }
}
