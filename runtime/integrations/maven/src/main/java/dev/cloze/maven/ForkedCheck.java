package dev.cloze.maven;

import dev.cloze.build.ZeroShotMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/**
 * Runs the check in a JVM of its own.
 *
 * @param java the executable
 * @param jvmArguments what it is started with
 * @param classPath the project's
 * @param folder for the files by which it is told and tells
 */
record ForkedCheck(String java, List<String> jvmArguments, List<String> classPath, Path folder) {

    private static final int BELOW_BAR = 2;

    /** MojoFailureException below the bar, MojoExecutionException where it could not be measured; both with the problem's message. */
    void run(List<String> arguments, Log log) throws MojoExecutionException, MojoFailureException {
        Path failure = folder.resolve("failure.txt");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(failure);
            int code = started(commandLine(arguments, failure), log);
            if (code == 0) {
                return;
            }
            if (!Files.exists(failure)) {
                throw new MojoExecutionException(
                        "The JVM that measures ended with " + code + "; what it printed is above.");
            }
            String message = Files.readString(failure);
            if (code == BELOW_BAR) {
                throw new MojoFailureException(message);
            }
            throw new MojoExecutionException(message);
        } catch (IOException e) {
            throw new MojoExecutionException("The JVM that measures could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("The build was interrupted while it measured.", e);
        }
    }

    /** In a file of arguments, since class paths are longer than Windows allows a command to be. */
    private List<String> commandLine(List<String> arguments, Path failure) throws IOException {
        List<String> path = new ArrayList<>(classPath);
        path.add(ownJar());
        List<String> all = new ArrayList<>(jvmArguments);
        all.addAll(List.of("-cp", String.join(File.pathSeparator, path), ZeroShotMain.class.getName()));
        all.addAll(arguments);
        all.add("failure=" + failure);
        Path file = folder.resolve("arguments.txt");
        Files.write(file, written(all, System.getProperties()));
        return List.of(java, "@" + file);
    }

    /** A file of arguments as the launcher reads it: in the system's encoding, which on Windows is no UTF-8. */
    static byte[] written(List<String> arguments, Properties system) {
        String name = system.getProperty("sun.jnu.encoding", "UTF-8");
        Charset encoding = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        return arguments.stream()
                .map(ForkedCheck::quoted)
                .collect(Collectors.joining("\n"))
                .getBytes(encoding);
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static int started(List<String> command, Log log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.info(line);
            }
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    /** Behind the project's own libraries, whose versions hold. */
    private static String ownJar() {
        try {
            return Path.of(Objects.requireNonNull(
                                    ZeroShotMain.class.getProtectionDomain().getCodeSource())
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the plugin's jar has no path", e);
        }
    }
}
