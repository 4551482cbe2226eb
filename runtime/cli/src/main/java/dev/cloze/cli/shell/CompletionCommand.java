package dev.cloze.cli.shell;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell completes the commands by. */
@Command(
        name = "completion",
        description =
                "Prints a script by which a shell completes cloze, its commands, their options and values. bash and zsh"
                        + " read it by: source <(cloze completion bash); fish from ~/.config/fish/completions/cloze.fish.")
public final class CompletionCommand implements Callable<Integer> {

    /** The shells there are scripts for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    /** As people write them. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return List.of("bash", "zsh", "fish").iterator();
        }
    }

    @Parameters(
            paramLabel = "SHELL",
            completionCandidates = Names.class,
            description = "Which shell: ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    CompletionCommand() {}

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        String script =
                switch (shell) {
                    // One script for both: in zsh it starts that shell's emulation of bash's completion.
                    case BASH, ZSH -> AutoComplete.bash(root.name(), root.commandLine());
                    case FISH -> FishCompletion.of(root);
                };
        spec.commandLine().getOut().print(script);
        return 0;
    }
}
