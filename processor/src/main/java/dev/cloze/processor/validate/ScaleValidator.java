package dev.cloze.processor.validate;

import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.ScaleModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.List;

/** A scale has two finite ends, the lower one first, and a word for each. */
public final class ScaleValidator implements Validator {

    @Override
    public boolean asksForKind() {
        return false;
    }

    @Override
    public void check(TaskModel task, Report report) {
        task.scale().ifPresent(scale -> {
            checkEnds(scale, report);
            checkWords(scale, report);
        });
    }

    private static void checkEnds(ScaleModel scale, Report report) {
        double from = scale.from().value();
        double to = scale.to().value();
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            report.error(
                    (Double.isFinite(from) ? scale.to() : scale.from()).place(), Message.SCALE_NOT_FINITE, from, to);
        } else if (from > to) {
            report.error(scale.from().place(), Message.SCALE_UPSIDE_DOWN, from, to, to, from);
        } else if (from == to) {
            report.error(scale.to().place(), Message.SCALE_EMPTY, from, to);
        } else if (!Double.isFinite(to - from)) {
            report.error(scale.to().place(), Message.SCALE_NOT_FINITE, from, to);
        }
    }

    private static void checkWords(ScaleModel scale, Report report) {
        List<LabelWord> words =
                scale.poles().stream().flatMap(pole -> pole.allWords().stream()).toList();
        for (LabelModel pole : scale.poles()) {
            pole.allWords().stream()
                    .filter(word -> word.text().isBlank())
                    .forEach(word -> report.error(word.place(), Message.BLANK_WORD_OF_SCALE, pole.name()));
        }
        LabelWord high = words.get(1);
        if (!high.text().isBlank() && high.text().equals(words.get(0).text())) {
            report.error(high.place(), Message.DUPLICATE_WORD_OF_SCALE, high.text());
        }
    }
}
