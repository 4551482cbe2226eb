package dev.cloze.cli.task;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.List;
import java.util.Map;

/** The columns of a table, which its first record tells: another one has no place for more. */
final class HeadColumns {

    private List<String> names = List.of();
    private long records;

    /**
     * Takes the next record.
     *
     * @return whether it is the first
     * @throws ClozeException DATA_UNREADABLE where it has a column that the first one lacks
     */
    boolean take(Map<String, Object> values) {
        records++;
        if (records == 1) {
            names = List.copyOf(values.keySet());
            return true;
        }
        values.keySet().stream()
                .filter(column -> !names.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new ClozeException(
                            Problem.DATA_UNREADABLE,
                            "Record " + records + " has a column \"" + column
                                    + "\", which the first record lacks, and a table has the columns of its first.\n  Write JSON lines"
                                    + " (--output FILE.jsonl), or give the first record that column too, such as \"\".");
                });
        return false;
    }

    /** In the first record's order. */
    List<String> names() {
        return names;
    }
}
