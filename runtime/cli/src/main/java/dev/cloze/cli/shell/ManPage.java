package dev.cloze.cli.shell;

import dev.cloze.cli.Version;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Writes a command's page in roff, the language that man reads. */
final class ManPage {

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    /** {@code cloze-train}, or {@code cloze} for the program itself. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /** The page of a command. */
    static String of(CommandSpec command) {
        ManPage page = new ManPage();
        page.line(".TH \"" + name(command).toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"Cloze " + Version.ofCloze()
                + "\" \"Cloze\"");
        // Neither hyphens within words nor lines as wide as the window.
        page.line(".nh").line(".ad l");
        page.section("NAME").text(name(command) + " - " + Words.brief(Words.of(command)));
        page.section("SYNOPSIS").text(synopsis(command));
        page.section("DESCRIPTION").text(Words.of(command));
        page.arguments("ARGUMENTS", Words.parameters(command));
        page.arguments("OPTIONS", Words.options(command));
        page.commands(Words.commands(command));
        page.exitCodes(command.root().usageMessage().exitCodeList());
        page.seeAlso(command);
        return page.page.toString();
    }

    private static String synopsis(CommandSpec command) {
        return Ansi.OFF
                .string(command.commandLine().getHelp().synopsis(0))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private void arguments(String title, List<? extends ArgSpec> arguments) {
        if (arguments.isEmpty()) {
            return;
        }
        section(title);
        for (ArgSpec argument : arguments) {
            line(".TP").line("\\fB" + escaped(label(argument)) + "\\fR").text(Words.of(argument));
        }
    }

    private static String label(ArgSpec argument) {
        if (argument instanceof picocli.CommandLine.Model.OptionSpec option) {
            String names = String.join(", ", option.names());
            return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
        }
        return argument.paramLabel();
    }

    private void commands(List<CommandSpec> commands) {
        if (commands.isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (CommandSpec command : commands) {
            line(".TP").line("\\fB" + escaped(name(command)) + "\\fR(1)").text(Words.of(command));
        }
    }

    private void exitCodes(Map<String, String> codes) {
        section("EXIT STATUS");
        codes.forEach((code, meaning) ->
                line(".TP").line("\\fB" + escaped(code) + "\\fR").text(meaning));
    }

    private void seeAlso(CommandSpec command) {
        CommandSpec parent = command.parent();
        if (parent != null) {
            section("SEE ALSO").line("\\fB" + escaped(name(parent)) + "\\fR(1)");
        }
    }

    private ManPage section(String title) {
        return line(".SH \"" + title + "\"");
    }

    private ManPage text(String text) {
        return line(escaped(text));
    }

    private ManPage line(String line) {
        page.append(line).append('\n');
        return this;
    }

    /** Backslashes and hyphens mean something; a point or an apostrophe does where a line begins. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace('\n', ' ');
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
