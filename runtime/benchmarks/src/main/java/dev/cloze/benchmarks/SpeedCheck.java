package dev.cloze.benchmarks;

import dev.cloze.runtime.engine.InstructionSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fails where Cloze has become slower beside others: a ratio more than 15% below the one kept for this instruction set, in two runs.
 *
 * <p>Its arguments are the file of kept ratios, {@code check}, or {@code keep} to measure them anew, and those of {@link
 * SideBySide}. Without a row for this instruction set nothing is measured.
 */
public final class SpeedCheck {

    private static final double ALLOWED = 0.85;

    private SpeedCheck() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        String set = InstructionSet.described();
        String[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
        if (arguments[1].equals("keep")) {
            keep(file, set, measured(rest));
            return;
        }
        Map<String, Double> kept = kept(file, set);
        if (kept.isEmpty()) {
            System.out.println("SKIPPED: no ratio is kept for " + set + "; -Dspeed.do=keep keeps them.");
            return;
        }
        Map<String, Double> measured = measured(rest);
        List<String> gone = gone(kept, measured);
        if (!gone.isEmpty()) {
            System.out.println("\nKept, but not measured by these sections: " + String.join("; ", gone));
        }
        List<String> slower = slower(kept, measured);
        if (!slower.isEmpty()) {
            System.out.println("\nOnce more, as these are slower:\n  " + String.join("\n  ", slower));
            slower.retainAll(slower(kept, measured(rest)));
        }
        if (!slower.isEmpty()) {
            System.out.println(
                    "\nSlower than was kept for " + set + ", in two runs:\n  " + String.join("\n  ", slower));
            System.exit(1);
        }
        System.out.println("\nNothing has become slower.");
    }

    /** The rows that are there on both sides and have fallen. */
    static List<String> slower(Map<String, Double> kept, Map<String, Double> measured) {
        List<String> slower = new ArrayList<>();
        kept.forEach((row, ratio) -> {
            if (measured.getOrDefault(row, ratio) < ALLOWED * ratio) {
                slower.add(row);
            }
        });
        return slower;
    }

    /** The rows that nothing was measured of. */
    static List<String> gone(Map<String, Double> kept, Map<String, Double> measured) {
        return kept.keySet().stream()
                .filter(row -> !measured.containsKey(row))
                .sorted()
                .toList();
    }

    private static Map<String, Double> measured(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            SideBySide.main(arguments);
        } finally {
            System.setOut(out);
        }
        String said = text.toString(StandardCharsets.UTF_8);
        out.print(said);
        return SpeedRows.of(said);
    }

    static Map<String, Double> kept(Path file, String set) throws IOException {
        Map<String, Double> kept = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", -1);
            if (parts[0].equals(set)) {
                kept.put(parts[1], Double.valueOf(parts[2]));
            }
        }
        return kept;
    }

    /** In place of what was kept for this instruction set. */
    static void keep(Path file, String set, Map<String, Double> ratios) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.removeIf(line -> line.startsWith(set + "\t"));
        ratios.forEach((row, ratio) -> lines.add(set + "\t" + row + "\t" + ratio));
        Files.write(file, lines);
    }
}
