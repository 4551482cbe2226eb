package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page of all commands is what the commands say of themselves; {@code CLOZE_REWRITE_EXPECTED=1} writes it anew. */
class CommandsPageTest {

    private static final Path PAGE = Path.of("../../docs/reference/commands.md");

    @Test
    void thePageHasEveryCommandWithItsOptions() throws IOException {
        String page = page();
        if (System.getenv("CLOZE_REWRITE_EXPECTED") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().as("CLOZE_REWRITE_EXPECTED=1 writes it anew").isEqualTo(page);
    }

    private static String page() {
        CommandSpec root = new CommandLine(new ClozeCommand()).getCommandSpec();
        StringBuilder page = new StringBuilder("""
                # The commands

                What `cloze COMMAND --help` says, as a page; a test keeps it so. The guide has [what they are for](../guide/command-line.md).

                Every command has these:

                """);
        table(page, root.options());
        root.subcommands().values().forEach(command -> section(page, command.getCommandSpec(), root));
        return page.toString().stripTrailing() + "\n";
    }

    private static void section(StringBuilder page, CommandSpec command, CommandSpec root) {
        page.append("## ").append(command.name()).append("\n\n");
        page.append(text(command.usageMessage().description())).append("\n\n");
        List<OptionSpec> own = command.options().stream()
                .filter(option -> !root.optionsMap().containsKey(option.longestName()) && !option.hidden())
                .toList();
        List<ArgSpec> arguments = new ArrayList<>(command.positionalParameters());
        arguments.addAll(own);
        table(page, arguments);
    }

    private static void table(StringBuilder page, List<? extends ArgSpec> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        page.append("| | |\n|---|---|\n");
        for (ArgSpec argument : arguments) {
            page.append("| `").append(label(argument).replace("|", "\\|")).append("` | ");
            page.append(text(argument.description()).replace("|", "\\|")).append(" |\n");
        }
        page.append('\n');
    }

    private static String label(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            String names = String.join(", ", option.names());
            return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
        }
        return argument.paramLabel();
    }

    private static String text(String[] lines) {
        return Arrays.stream(lines)
                .map(line -> Ansi.OFF.string(String.format(line)))
                .collect(Collectors.joining(" "))
                .replace("<", "&lt;");
    }
}
