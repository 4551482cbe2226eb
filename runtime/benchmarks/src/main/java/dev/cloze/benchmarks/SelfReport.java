package dev.cloze.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program that is measured from its start says of itself in its last line, as those in Python do. */
final class SelfReport {

    private SelfReport() {}

    /**
     * Prints the line.
     *
     * @param processorSeconds when the first line was written
     */
    static void print(double processorSeconds) throws IOException {
        String status = Files.readString(Path.of("/proc/self/status"));
        System.out.printf(
                Locale.ROOT,
                "{\"processor_seconds\": %.3f, \"peak_kb\": %s, \"own_kb\": %s, \"files_kb\": %s}%n",
                processorSeconds,
                kilobytes(status, "VmHWM"),
                kilobytes(status, "RssAnon"),
                kilobytes(status, "RssFile"));
    }

    /** The most memory the process has had. */
    static double peakMebibytes() throws IOException {
        return Double.parseDouble(kilobytes(Files.readString(Path.of("/proc/self/status")), "VmHWM")) / 1024;
    }

    private static String kilobytes(String status, String name) {
        Matcher found = Pattern.compile(name + ":\\s*(\\d+) kB").matcher(status);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in /proc/self/status");
        }
        return found.group(1);
    }
}
