package dev.cloze.cli;

import dev.cloze.annotations.Precision;
import dev.cloze.cli.doctor.DoctorCommand;
import dev.cloze.cli.serve.ServeCommand;
import dev.cloze.cli.shell.CompletionCommand;
import dev.cloze.cli.shell.ManCommand;
import dev.cloze.cli.task.CompareCommand;
import dev.cloze.cli.task.EvaluateCommand;
import dev.cloze.cli.task.PredictCommand;
import dev.cloze.cli.task.TrainCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: it does nothing without a command. */
@Command(
        name = "cloze",
        description = "Prompt learning for Java.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            TrainCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            FillMaskCommand.class,
            GenerateCommand.class,
            ServeCommand.class,
            InspectCommand.class,
            ConvertCommand.class,
            DownloadCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            ManCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all went well", "1:a failure", "2:a command line that means nothing"})
final class ClozeCommand implements Runnable {

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Also show what the libraries log, and where a failure happened, on standard error.")
    private boolean verbose;

    @Option(
            names = "--precision",
            paramLabel = "NUMBERS",
            scope = ScopeType.INHERIT,
            description =
                    "In which numbers models multiply: ${COMPLETION-CANDIDATES}; wins over what the task or the saved pipeline"
                            + " says. The property cloze.precision does the same.")
    private @Nullable Precision precision;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ClozeCommand() {}

    boolean verbose() {
        return verbose;
    }

    Optional<Precision> precision() {
        return Optional.ofNullable(precision);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which command? There are train, predict, evaluate, compare, fill-mask, generate, serve, inspect, convert, download, doctor, completion and man.");
    }
}
