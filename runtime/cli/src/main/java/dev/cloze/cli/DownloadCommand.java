package dev.cloze.cli;

import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings models onto this machine. */
@Command(
        name = "download",
        description =
                "Brings models onto this machine, for later use without a network, and prints each one's folder; what"
                        + " is there already is left as it is.")
final class DownloadCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description =
                    "A model's name, as the hub has it: bert-base-uncased; with a revision: bert-base-uncased@v1.0.")
    private List<String> names;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DownloadCommand() {}

    @Override
    public Integer call() {
        ModelResolver resolver = ModelResolver.standard();
        for (String name : names) {
            ModelFolder folder = resolver.resolve(name).requireSupported();
            spec.commandLine().getOut().println(name + "\t" + folder.path());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
