package dev.cloze.cli.serve;

import dev.cloze.cli.serve.task.TaskSource;
import dev.cloze.cli.task.TaskFlags;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which tasks are served. */
final class ServedFlags {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    @Option(
            names = "--pipeline",
            paramLabel = "NAME=DIR",
            converter = NamedValue.Converter.class,
            description =
                    "A saved pipeline of any kind of task, and its name in paths. Replaced while it is served, it is"
                            + " opened anew. Several times.")
    private List<NamedValue> pipelines = new ArrayList<>();

    @Option(
            names = "--task",
            paramLabel = "NAME=FILE",
            converter = NamedValue.Converter.class,
            description = "A YAML file with a task, served without training. Several times.")
    private List<NamedValue> tasks = new ArrayList<>();

    @Option(
            names = "--writer",
            paramLabel = "NAME=MODEL",
            converter = NamedValue.Converter.class,
            description = "A model that goes on with texts, by its name or folder. Several times.")
    private List<NamedValue> writers = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ServedFlags() {}

    /** All of them. */
    List<TaskSource> sources() {
        requireNames();
        List<TaskSource> sources = new ArrayList<>();
        pipelines.forEach(one -> sources.add(TaskSource.saved(one.name(), path(one))));
        tasks.forEach(
                one -> sources.add(TaskSource.untrained(one.name(), TaskFlags.ofFile(spec.commandLine(), path(one)))));
        writers.forEach(one -> sources.add(TaskSource.writer(one.name(), SpokenTask.writer("{text}", one.value()))));
        return sources;
    }

    /** Before anything is read. */
    private void requireNames() {
        Set<String> taken = new HashSet<>();
        Stream.of(pipelines, tasks, writers).flatMap(List::stream).forEach(one -> {
            if (!NAME.matcher(one.name()).matches()) {
                throw refused("\"" + one.name()
                        + "\" can't be a task's name, which stands in paths: letters, digits, and . _ - within,"
                        + " 64 at most.");
            }
            if (!taken.add(one.name())) {
                throw refused("Two tasks are named \"" + one.name() + "\". Rename one of them.");
            }
        });
    }

    private Path path(NamedValue one) {
        try {
            return Path.of(one.value());
        } catch (InvalidPathException e) {
            throw refused("\"" + one.value() + "\" is no path: " + e.getReason() + ".");
        }
    }

    private ParameterException refused(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }
}
