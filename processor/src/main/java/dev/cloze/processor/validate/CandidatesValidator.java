package dev.cloze.processor.validate;

import dev.cloze.processor.model.CandidatesModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.HashSet;
import java.util.Set;

/** There are two candidates at least, or none for all words; none is blank, has white space around it, or stands twice. */
public final class CandidatesValidator implements Validator {

    @Override
    public boolean asksForKind() {
        return false;
    }

    @Override
    public void check(TaskModel task, Report report) {
        task.candidates().ifPresent(candidates -> check(candidates, report));
    }

    private static void check(CandidatesModel candidates, Report report) {
        if (candidates.words().size() == 1) {
            LabelWord only = candidates.words().get(0);
            report.error(only.place(), Message.ONE_CANDIDATE, only.text());
        }
        Set<String> seen = new HashSet<>();
        for (LabelWord word : candidates.words()) {
            String text = word.text();
            if (text.isBlank()) {
                report.error(word.place(), Message.BLANK_CANDIDATE);
            } else if (!text.equals(text.strip())) {
                report.error(word.place(), Message.CANDIDATE_WHITE_SPACE, text, text.strip());
            } else if (!seen.add(text)) {
                report.error(word.place(), Message.DUPLICATE_CANDIDATE, text);
            }
        }
    }
}
