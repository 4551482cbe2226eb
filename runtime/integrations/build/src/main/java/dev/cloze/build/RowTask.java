package dev.cloze.build;

import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.RegressionTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A task whose inputs are the records of a file in place of objects: a placeholder's value is that of a column. */
final class RowTask {

    private RowTask() {}

    /**
     * The same task on records, its labels by their names.
     *
     * @param columns the columns of those placeholders that are not named as theirs
     */
    static <I, L> ClassificationTask<DataRow, String> of(ClassificationTask<I, L> task, Map<String, String> columns) {
        ClassificationTask.Builder<DataRow, String> built = ClassificationTask.of(DataRow.class, String.class)
                .multiTokenWords(task.multiTokenWords())
                .calibration(task.calibration())
                .tuning(task.tuning());
        task.templates().forEach(template -> built.template(template.text(), named(template.words())));
        task.placeholders().keySet().forEach(path -> built.placeholder(path, column(path, columns)));
        task.labels().forEach((label, words) -> built.label(name(label), words.toArray(String[]::new)));
        return built.build();
    }

    /** The same of a task that gives numbers. */
    static RegressionTask<DataRow> of(RegressionTask<?> task, Map<String, String> columns) {
        RegressionTask.Builder<DataRow> built = RegressionTask.of(DataRow.class)
                .scale(
                        task.scale().from(),
                        task.scale().to(),
                        task.scale().low(),
                        task.scale().high())
                .multiTokenWords(task.multiTokenWords())
                .calibration(task.calibration())
                .tuning(task.tuning());
        task.templates().forEach(built::template);
        task.placeholders().keySet().forEach(path -> built.placeholder(path, column(path, columns)));
        return built.build();
    }

    /** The same of a task that ranks words. */
    static ClozeTask<DataRow> of(ClozeTask<?> task, Map<String, String> columns) {
        ClozeTask.Builder<DataRow> built = ClozeTask.of(DataRow.class)
                .candidates(task.candidates().toArray(String[]::new))
                .multiTokenWords(task.multiTokenWords())
                .calibration(task.calibration())
                .tuning(task.tuning());
        task.templates().forEach(built::template);
        task.placeholders().keySet().forEach(path -> built.placeholder(path, column(path, columns)));
        return built.build();
    }

    private static Function<DataRow, String> column(String path, Map<String, String> columns) {
        String column = columns.getOrDefault(path, path);
        return row -> row.get(column);
    }

    private static <L> Map<String, List<String>> named(Map<L, List<String>> words) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        words.forEach((label, some) -> named.put(name(label), some));
        return named;
    }

    private static String name(Object label) {
        return label instanceof Enum<?> constant ? constant.name() : label.toString();
    }
}
