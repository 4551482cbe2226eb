package dev.cloze.build;

import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.spi.ClassificationTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        task.placeholders().keySet().forEach(path -> {
            String column = columns.getOrDefault(path, path);
            built.placeholder(path, row -> row.get(column));
        });
        task.labels().forEach((label, words) -> built.label(name(label), words.toArray(String[]::new)));
        return built.build();
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
