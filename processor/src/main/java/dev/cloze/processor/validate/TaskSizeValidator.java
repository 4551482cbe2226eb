package dev.cloze.processor.validate;

import dev.cloze.problem.ShortText;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.VerbalizerModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The class that is written for the task has a name that a file can have, and fits into a class file. */
public final class TaskSizeValidator implements Validator {

    /** Bytes of a file's name on all disks in use, without {@code $Provider.class} behind it. */
    private static final int LONGEST_NAME = 255 - ("$" + Names.PROVIDER + ".class").length();

    /** Words that are written in one expression, which has 8 bytes of 65,535 for each. */
    private static final int MOST_OF_ONE = 6_000;
    /** Words of a class, which has two of 65,535 constants for each. */
    private static final int MOST = 20_000;

    @Override
    public void check(TaskModel task, Report report) {
        String pipeline = Names.pipelineOf(task.type()).simpleName();
        int bytes = pipeline.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_NAME) {
            String outer = task.name().contains(".") ? ", or those of the classes around it" : "";
            report.error(task.place(), Message.NAME_TOO_LONG, shortened(task.name()), bytes, outer);
        }
        List<LabelModel> labels = task.verbalizer().map(VerbalizerModel::labels).orElse(List.of());
        int all = words(labels);
        for (LabelModel label : labels) {
            if (label.allWords().size() > MOST_OF_ONE) {
                tooLarge(task, label.allWords().size(), "of its label " + label.name(), MOST_OF_ONE, report);
                return;
            }
        }
        for (int words : task.templates().stream()
                .map(template -> template.words().orElse(List.of()))
                .mapToInt(TaskSizeValidator::words)
                .toArray()) {
            all += words;
            if (words > MOST_OF_ONE) {
                tooLarge(task, words, "of one template's own", MOST_OF_ONE, report);
                return;
            }
        }
        all += task.candidates().map(candidates -> candidates.words().size()).orElse(0);
        if (all > MOST) {
            tooLarge(task, all, "in all", MOST, report);
        }
    }

    private static void tooLarge(TaskModel task, int words, String which, int most, Report report) {
        report.error(task.place(), Message.TOO_LARGE, task.name(), words, which, most);
    }

    private static int words(List<LabelModel> labels) {
        return labels.stream().mapToInt(label -> label.allWords().size()).sum();
    }

    private static String shortened(String name) {
        return ShortText.of(name, 40);
    }
}
