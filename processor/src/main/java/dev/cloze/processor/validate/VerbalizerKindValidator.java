package dev.cloze.processor.validate;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.VerbalizerModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;

/** What stands beside the kind of a verbalizer means something to that kind. */
public final class VerbalizerKindValidator implements Validator {

    @Override
    public void check(TaskModel task, Report report) {
        VerbalizerKind kind = task.tuning().written(VerbalizerOptions.KIND).orElse(VerbalizerKind.WORDS);
        task.verbalizer().ifPresent(verbalizer -> check(task, verbalizer, kind, report));
    }

    private static void check(TaskModel task, VerbalizerModel verbalizer, VerbalizerKind kind, Report report) {
        boolean ofWords = kind == VerbalizerKind.WORDS || kind == VerbalizerKind.KNOWLEDGEABLE;
        if (!ofWords && verbalizer.calibration() != Calibration.NONE) {
            report.error(verbalizer.place(), Message.CALIBRATION_OF_KIND, verbalizer.calibration(), kind);
        }
        boolean withWords = task.tuning().written(VerbalizerOptions.WITH_WORDS).orElse(false);
        if (kind == VerbalizerKind.PROTOTYPES
                && withWords
                && verbalizer.labels().size() == 2) {
            report.error(verbalizer.place(), Message.STANDARD_SCORES_OF_TWO, verbalizer.name());
        }
    }
}
