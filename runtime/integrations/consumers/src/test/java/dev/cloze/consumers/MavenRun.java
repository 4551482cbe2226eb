package dev.cloze.consumers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A build of a project, by the Maven that builds this one.
 *
 * @param code what it ended with
 * @param output all that it printed
 */
record MavenRun(int code, String output) {

    /** Runs it in a folder, against a repository before the user's own. */
    static MavenRun of(Path jdk, Path project, Path repository, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        Pom parent = Reactor.here().parent();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("consumers.maven"), "bin", isWindows() ? "mvn.cmd" : "mvn")
                        .toString(),
                "-B",
                "-ntp",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + System.getProperty("consumers.repository"),
                "-Dcloze.version=" + parent.version(),
                "-Dlibtorch.classifier=" + System.getProperty("consumers.classifier")));
        for (String property : List.of(
                "djl.version",
                "libtorch.version",
                "lombok.version",
                "mapstruct.version",
                "lombok-mapstruct-binding.version",
                "junit.version")) {
            command.add("-D" + property + "="
                    + parent.all("/project/properties/" + property).get(0));
        }
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(repository.getParent(), "maven", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_") || name.startsWith("HF_"));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(variables);
        int code = builder.start().waitFor();
        return new MavenRun(code, Files.readString(log));
    }

    /** A copy of a project of {@code src/test/projects}, which is built in place. */
    static Path copied(String name, Path folder) throws IOException {
        Path source = Path.of("src/test/projects", name);
        Path copy = folder.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, copy.resolve(source.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return copy;
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    /** What was printed of one module, whose section begins with a line of its name. */
    String module(String name) {
        int start = output.indexOf("< app:" + name + " >");
        if (start < 0) {
            return "";
        }
        int next = output.indexOf("< app:", start + 1);
        return output.substring(start, next < 0 ? output.length() : next);
    }
}
