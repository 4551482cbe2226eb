package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shells themselves complete by the scripts. */
class CompletionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
        Path script = script("bash");
        assertThat(bash(script, "cloze", "tr")).containsExactly("train");
        assertThat(bash(script, "cloze", "evaluate", "--label-c")).containsExactly("--label-column");
        assertThat(bash(script, "cloze", "predict", "--format", "")).contains("CSV", "TSV", "JSON_LINES");
        assertThat(bash(script, "cloze", "completion", "")).contains("bash", "zsh", "fish");
    }

    /** On a terminal of zsh's own making, as zsh shows nowhere else what it completes. */
    @Test
    void zshCompletesOnATerminal() throws IOException, InterruptedException {
        Path typed =
                Files.writeString(folder.resolve("typed.zsh"), """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                zpty -w shell "autoload -U compinit; compinit -u -d %s; source %s; print REA''DY"
                zpty -r shell shown '*READY*'
                zpty -w -n shell $'cloze tr\t'
                zpty -r shell shown '*tr*ain*' && print COMPLETED
                """.formatted(folder.resolve("dump"), script("zsh")));
        CommandRun run = shell("timeout", "30", "zsh", "-f", typed.toString());
        assertThat(run.errors()).isEmpty();
        assertThat(run.out()).contains("COMPLETED");
    }

    @Test
    void fishCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
        Path script = script("fish");
        assertThat(fish(script, "cloze tr")).singleElement().asString().startsWith("train\tTunes a model on ");
        assertThat(fish(script, "cloze evaluate --label-c"))
                .containsExactly("--label-column\tThe column of the right labels");
        assertThat(fish(script, "cloze predict --format "))
                .extracting(line -> line.replaceAll("\t.*", ""))
                .contains("CSV", "TSV", "JSON_LINES");
        assertThat(fish(script, "cloze completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
        Files.createFile(folder.resolve("reviews.csv"));
        assertThat(fish(script, "cloze evaluate rev")).containsExactly("reviews.csv");
        assertThat(fish(script, "cloze evaluate --label-column rev"))
                .as("no file is a column")
                .isEmpty();
    }

    @Test
    void aShellThatIsNotKnownIsRefusedWithThoseThatAre() {
        CommandRun run = CommandRun.here("completion", "tcsh");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).containsIgnoringCase("bash").containsIgnoringCase("fish");
    }

    private Path script(String shell) throws IOException {
        CommandRun run = CommandRun.here("completion", shell);
        assertThat(run.code()).as(run.errors()).isZero();
        return Files.writeString(folder.resolve("cloze." + shell), run.out());
    }

    /** What bash would offer for the last of these words. */
    private List<String> bash(Path script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        CommandRun run = shell(
                "bash",
                "--norc",
                "-c",
                "source " + script + "; COMP_WORDS=('" + String.join("' '", words) + "'); COMP_CWORD="
                        + (words.length - 1)
                        + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                        + "; _complete_cloze; printf '%s\\n' \"${COMPREPLY[@]}\"");
        assertThat(run.code()).as(run.errors()).isZero();
        return run.out().lines().map(String::strip).toList();
    }

    private List<String> fish(Path script, String line) throws IOException, InterruptedException {
        CommandRun run = shell(
                "fish", "--no-config", "-c", "cd " + folder + "; source " + script + "; complete -C '" + line + "'");
        assertThat(run.errors()).isEmpty();
        return run.out().lines().toList();
    }

    private CommandRun shell(String... command) throws IOException, InterruptedException {
        String shell = command[0].equals("timeout") ? command[2] : command[0];
        assumeTrue(isThere(shell), shell + " is not on this machine");
        return CommandRun.program(Map.of("HOME", folder.toString(), "LC_ALL", "C.UTF-8"), List.of(command));
    }

    static boolean isThere(String program) {
        return List.of("/bin", "/usr/bin", "/usr/local/bin").stream()
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, program)));
    }
}
