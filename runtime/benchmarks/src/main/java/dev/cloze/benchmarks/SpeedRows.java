package dev.cloze.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ratios of what {@link SideBySide} prints, by section and row. */
final class SpeedRows {

    /** The first ratio of a row: how many times as fast. */
    private static final Pattern RATIO = Pattern.compile("\\*\\*([0-9.]+)\\*\\*");

    /** What a row is about stands before what was measured. */
    private static final Pattern MEASURED = Pattern.compile("[0-9]+\\.[0-9]+");

    /** Which of their optimizers is the fastest changes from run to run. */
    private static final List<String> OPTIMIZERS = List.of("fused", "foreach", "single");

    /** On a busy machine ratios are too far from one another to tell anything by. */
    private static final String BUSY = " busy processes";

    private SpeedRows() {}

    static Map<String, Double> of(String markdown) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        String section = "";
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("### ")) {
                section = line.substring(4).replaceAll(" \\(.*", "").replaceAll(", ONNX Runtime .*", "");
            } else if (line.startsWith("|")) {
                Matcher ratio = RATIO.matcher(line);
                if (ratio.find() && !line.contains(BUSY)) {
                    ratios.put(section + ": " + about(line), Double.valueOf(ratio.group(1)));
                }
            }
        }
        return ratios;
    }

    private static String about(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1).split("\\|")) {
            if (MEASURED.matcher(cell.strip()).matches()) {
                break;
            }
            if (!OPTIMIZERS.contains(cell.strip())) {
                cells.add(cell.strip());
            }
        }
        return String.join(", ", cells);
    }
}
