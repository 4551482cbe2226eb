package dev.cloze.cli.shell;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the pages that man shows. */
@Command(
        name = "man",
        description =
                "Prints the page of a command as man reads it: cloze man train | man -l -. With --output the pages of"
                        + " all commands are written to a folder, such as ~/.local/share/man/man1.")
public final class ManCommand implements Callable<Integer> {

    @Option(names = "--output", paramLabel = "DIR", description = "Write the pages of all commands into this folder.")
    private @Nullable Path folder;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..1",
            description = "Whose page is printed; that of cloze itself otherwise.")
    private @Nullable String command;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ManCommand() {}

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        Path into = folder;
        if (into == null) {
            spec.commandLine().getOut().print(ManPage.of(command == null ? root : named(root, command)));
            return 0;
        }
        if (command != null) {
            throw new ParameterException(
                    spec.commandLine(), "--output writes the pages of all commands; leave " + command + " out.");
        }
        List<CommandSpec> all = new ArrayList<>(List.of(root));
        all.addAll(Words.commands(root));
        all.forEach(one -> write(into.resolve(ManPage.name(one) + ".1"), ManPage.of(one)));
        return 0;
    }

    private CommandSpec named(CommandSpec root, String name) {
        List<CommandSpec> commands = Words.commands(root);
        return commands.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names =
                            commands.stream().map(CommandSpec::name).toList();
                    return new ParameterException(
                            spec.commandLine(),
                            ("There is no command " + name + ". " + NearestName.suggestion(name, names)).strip()
                                    + " There are " + String.join(", ", names) + ".");
                });
    }

    private void write(Path file, String page) {
        try {
            DiskFolders.makeFor(file);
            Files.writeString(file, page, StandardCharsets.UTF_8);
            spec.commandLine().getOut().println(file);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    file + " can't be written.\n  The system says: " + e.getMessage()
                            + "\n  Name another folder with --output.",
                    e);
        }
    }
}
