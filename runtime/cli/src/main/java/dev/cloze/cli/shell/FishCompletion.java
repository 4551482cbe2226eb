package dev.cloze.cli.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes what fish completes a command by: a line for each command and each option. */
final class FishCompletion {

    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    /** The script for a program and its commands. */
    static String of(CommandSpec root) {
        FishCompletion script = new FishCompletion(root.name());
        script.lines.add("# fish completion for " + root.name() + ", made by: " + root.name() + " completion fish");
        script.lines.add("complete -c " + script.program + " -e");
        for (CommandSpec command : Words.commands(root)) {
            script.add("__fish_use_subcommand", "-f -a " + command.name(), Words.of(command));
        }
        Words.options(root).forEach(option -> script.option("__fish_use_subcommand", option));
        for (CommandSpec command : Words.commands(root)) {
            String seen = "__fish_seen_subcommand_from " + command.name();
            Words.options(command).forEach(option -> script.option(seen, option));
            Words.parameters(command).stream()
                    .map(Words::candidates)
                    .filter(candidates -> !candidates.isEmpty())
                    .forEach(candidates -> script.add(seen, "-f -a " + quoted(String.join(" ", candidates)), ""));
        }
        return String.join("\n", script.lines) + "\n";
    }

    private void option(String condition, OptionSpec option) {
        StringBuilder words = new StringBuilder();
        for (String name : option.names()) {
            words.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        add(condition, words.toString().strip() + value(option), Words.of(option));
    }

    /** What stands behind it: nothing, one of some words, a file, or what nobody can guess. */
    private static String value(OptionSpec option) {
        List<String> candidates = Words.candidates(option);
        if (option.arity().max() == 0) {
            return "";
        }
        return candidates.isEmpty()
                ? (isFile(option) ? " -r -F" : " -x")
                : " -x -a " + quoted(String.join(" ", candidates));
    }

    private static boolean isFile(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        String label = argument.paramLabel();
        return type == Path.class || type == File.class || label.contains("DIR") || label.contains("FILE");
    }

    private void add(String condition, String what, String description) {
        String about = description.isEmpty() ? "" : " -d " + quoted(Words.brief(description));
        lines.add("complete -c " + program + " -n " + quoted(condition) + " " + what + about);
    }

    /** In single quotes fish reads nothing but these two. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
