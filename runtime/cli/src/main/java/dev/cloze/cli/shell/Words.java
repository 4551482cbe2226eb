package dev.cloze.cli.shell;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The texts of a specification, as a reader sees them. */
final class Words {

    private Words() {}

    /** What a command does. */
    static String of(CommandSpec command) {
        return joined(command.usageMessage().description());
    }

    /** What an option or a parameter is for. */
    static String of(ArgSpec argument) {
        return joined(argument.description());
    }

    /** The same in so many words as fit beside a name. */
    static String brief(String text) {
        int end = text.length();
        for (String mark : List.of(". ", ": ", "; ", ", which", ", with")) {
            int at = text.indexOf(mark);
            end = at > 0 ? Math.min(end, at) : end;
        }
        String first = text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    /** The options that are shown, in their order. */
    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(option -> !option.hidden()).toList();
    }

    /** The parameters that are shown, in their order. */
    static List<PositionalParamSpec> parameters(CommandSpec command) {
        return command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
    }

    /** The commands below one, in their order. */
    static List<CommandSpec> commands(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(picocli.CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden())
                .distinct()
                .toList();
    }

    /** What may stand for it; none where that is open. */
    static List<String> candidates(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        if (candidates == null) {
            return List.of();
        }
        return java.util.stream.StreamSupport.stream(candidates.spliterator(), false)
                .toList();
    }

    private static String joined(String[] lines) {
        return java.util.Arrays.stream(lines)
                .map(line -> Ansi.OFF.string(String.format(line)))
                .collect(Collectors.joining(" "))
                .strip();
    }
}
