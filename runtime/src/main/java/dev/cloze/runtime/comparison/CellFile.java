package dev.cloze.runtime.comparison;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cells by what they were measured with, in a file to which each is added as soon as it is there; in memory alone without one. */
final class CellFile {

    private static final String NAME = "comparison.tsv";

    /** Whatever has fewer numbers is of an earlier version, or was cut off. */
    private static final Pattern LINE = Pattern.compile("([^\t]+)\t((?:(?:[0-9.E-]+|NaN)\t){3}[0-9]+\\.[0-9])");

    private final @Nullable Path file;
    private final Map<String, Cell> cells = new HashMap<>();
    private boolean torn; // the last line is of a process that ended while it wrote it

    /** Reads what is there; a last line that was cut off is measured again. */
    CellFile(@Nullable Path folder) {
        this.file = folder == null ? null : folder.resolve(NAME);
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            String all = Files.readString(file, StandardCharsets.UTF_8);
            torn = !all.isEmpty() && !all.endsWith("\n");
            all.lines().forEach(this::read);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private void read(String line) {
        Matcher whole = LINE.matcher(line);
        if (whole.matches()) {
            cells.put(whole.group(1), Cell.of(whole.group(2)));
        }
    }

    Optional<Cell> find(String key) {
        return Optional.ofNullable(cells.get(key));
    }

    void add(String key, Cell cell) {
        cells.put(key, cell);
        if (file == null) {
            return;
        }
        try {
            DiskFolders.makeFor(file);
            Files.write(
                    file,
                    List.of((torn ? "\n" : "") + key + "\t" + cell.line()),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            torn = false;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static ClozeException unusable(Path file, IOException e) {
        return new ClozeException(
                Problem.DISK_WRITE,
                "The results cannot be kept in " + file + ": " + e
                        + ".\n  Free some space, or choose another folder. What is there already is kept.",
                e);
    }
}
