package dev.cloze.cli.serve;

import dev.cloze.cli.serve.task.TaskSource;
import dev.cloze.cli.task.TaskFlags;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
            description =
                    "A saved pipeline of any kind of task, and its name in paths. Replaced while it is served, it is"
                            + " opened anew. Several times.")
    private Map<String, Path> pipelines = new LinkedHashMap<>();

    @Option(
            names = "--task",
            paramLabel = "NAME=FILE",
            description = "A YAML file with a task, served without training. Several times.")
    private Map<String, Path> tasks = new LinkedHashMap<>();

    @Option(
            names = "--writer",
            paramLabel = "NAME=MODEL",
            description = "A model that goes on with texts, by its name or folder. Several times.")
    private Map<String, String> writers = new LinkedHashMap<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ServedFlags() {}

    /** All of them. */
    List<TaskSource> sources() {
        List<TaskSource> sources = new ArrayList<>();
        pipelines.forEach((name, folder) -> sources.add(TaskSource.saved(checked(name, sources), folder)));
        tasks.forEach((name, file) ->
                sources.add(TaskSource.untrained(checked(name, sources), TaskFlags.ofFile(spec.commandLine(), file))));
        writers.forEach((name, model) ->
                sources.add(TaskSource.writer(checked(name, sources), SpokenTask.writer("{text}", model))));
        return sources;
    }

    private String checked(String name, List<TaskSource> before) {
        if (!NAME.matcher(name).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"" + name + "\" can't be a task's name, which stands in paths: letters, digits, and . _ - within,"
                            + " 64 at most.");
        }
        if (before.stream().anyMatch(source -> source.name().equals(name))) {
            throw new ParameterException(
                    spec.commandLine(), "Two tasks are named \"" + name + "\". Rename one of them.");
        }
        return name;
    }
}
