package dev.cloze.cli.task;

import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.DeclaredSpans;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Saved tasks of the kinds that are not said in words on a command line, as the runtime knows them. */
public final class SavedKinds {

    private SavedKinds() {}

    /** One that gives numbers; a method that reads no words has none to say. */
    public static RegressionTask<DataRow> regression(SpokenTask task, Path folder) {
        RegressionTask.Builder<DataRow> built = RegressionTask.of(DataRow.class)
                .multiTokenWords(task.multiTokenWords())
                .calibration(task.calibration())
                .tuning(task.tuning());
        task.templates().forEach(built::template);
        columns(task).forEach(column -> built.placeholder(column, row -> row.get(column)));
        String[] ends = setting(folder, "scale").split(" to ", -1);
        try {
            return built.scale(
                            Double.parseDouble(ends[0]),
                            Double.parseDouble(ends[ends.length - 1]),
                            word(task, ScaleTask.LOW),
                            word(task, ScaleTask.HIGH))
                    .build();
        } catch (NumberFormatException e) {
            throw damaged(folder, "scale", e);
        }
    }

    private static String word(SpokenTask task, String pole) {
        List<String> words = task.labels().getOrDefault(pole, List.of());
        return words.isEmpty() ? pole : words.get(0);
    }

    /** One that ranks words: those it was saved with, or all of the model's. */
    public static ClozeTask<DataRow> cloze(SpokenTask task) {
        ClozeTask.Builder<DataRow> built = ClozeTask.of(DataRow.class)
                .candidates(task.labels().keySet().toArray(String[]::new))
                .multiTokenWords(task.multiTokenWords())
                .calibration(task.calibration())
                .tuning(task.tuning());
        task.templates().forEach(built::template);
        columns(task).forEach(column -> built.placeholder(column, row -> row.get(column)));
        return built.build();
    }

    /** One that labels spans of a text. */
    public static ExtractionTask<DataRow, String> extraction(SpokenTask task, Path folder) {
        ExtractionTask.Builder<DataRow, String> built = ExtractionTask.of(DataRow.class, String.class)
                .multiTokenWords(task.multiTokenWords())
                .calibration(task.calibration())
                .tuning(task.tuning());
        task.templates().forEach(built::template);
        columns(task).forEach(column -> built.placeholder(column, row -> row.get(column)));
        task.labels().forEach((label, words) -> {
            if (!label.equals(SpanTask.NO_LABEL)) {
                built.label(label, words.toArray(String[]::new));
            }
        });
        List<String> none = task.labels().getOrDefault(SpanTask.NO_LABEL, List.of());
        Map<String, String> settings = SavedTask.productSettings(folder);
        try {
            int longest =
                    Integer.parseInt(settings.getOrDefault("longest", Integer.toString(DeclaredSpans.NONE.longest())));
            return built.spans(longest, DeclaredSpans.NONE.negatives(), none.toArray(String[]::new))
                    .build();
        } catch (NumberFormatException e) {
            throw damaged(folder, "longest", e);
        }
    }

    /** The columns that an input has: the span that is asked about is no column. */
    public static List<String> columns(SpokenTask task) {
        boolean spans = task.labels().containsKey(SpanTask.NO_LABEL);
        return task.columns().stream()
                .filter(column -> !spans || !column.equals(TemplateSyntax.SPAN))
                .toList();
    }

    private static String setting(Path folder, String name) {
        return SavedTask.productSettings(folder).getOrDefault(name, "");
    }

    private static ClozeException damaged(Path folder, String setting, NumberFormatException cause) {
        return new ClozeException(
                Problem.ARCHIVE_UNREADABLE,
                "The saved pipeline " + folder + " has a setting \"" + setting
                        + "\" that is no number.\n  Save it anew.",
                cause);
    }
}
