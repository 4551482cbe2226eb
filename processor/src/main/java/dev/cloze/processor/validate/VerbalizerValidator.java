package dev.cloze.processor.validate;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.VerbalizerModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** There are two labels at least, each has words where the method reads them, and no word stands twice. */
public final class VerbalizerValidator implements Validator {

    @Override
    public boolean asksForKind() {
        return false;
    }

    @Override
    public void check(TaskModel task, Report report) {
        task.verbalizer().ifPresent(verbalizer -> check(task, verbalizer, report));
    }

    private static void check(TaskModel task, VerbalizerModel verbalizer, Report report) {
        int count = verbalizer.labels().size();
        boolean spans = task.kind() == TaskKind.EXTRACTION;
        if (spans && count == 0) {
            report.error(verbalizer.place(), Message.NO_LABELS_OF_SPANS, verbalizer.name());
        } else if (!spans && count < 2) {
            String constants = count == 0 ? "no constants" : "one constant";
            report.error(verbalizer.place(), Message.TOO_FEW_LABELS, verbalizer.name(), constants);
        }
        if (task.readsWords()
                && task.templates().stream()
                        .anyMatch(template -> template.words().isEmpty())) {
            checkMissing(verbalizer, report);
        }
        // A word may stand for another label in another template, whose words are its own.
        Stream<List<LabelModel>> ofTask = task.spans().isPresent() ? Stream.empty() : Stream.of(verbalizer.labels());
        Stream.concat(ofTask, task.templates().stream().map(task::labels))
                .distinct()
                .forEach(labels -> checkWords(labels, report));
    }

    private static void checkWords(List<LabelModel> labels, Report report) {
        Map<String, String> labelOfWord = new HashMap<>();
        for (LabelModel label : labels) {
            if (label.words().filter(List::isEmpty).isPresent()) {
                report.error(label.place(), Message.NO_WORDS, label.name());
            }
            label.allWords().forEach(word -> checkWord(word, label.name(), labelOfWord, report));
        }
    }

    private static void checkMissing(VerbalizerModel verbalizer, Report report) {
        List<String> missing = verbalizer.labels().stream()
                .filter(label -> label.words().isEmpty())
                .map(LabelModel::name)
                .toList();
        if (!missing.isEmpty()) {
            report.error(
                    verbalizer.place(),
                    Message.MISSING_LABEL,
                    String.join(", ", missing),
                    verbalizer.name(),
                    missing.size() == 1 ? "has" : "have",
                    missing.get(0));
        }
    }

    private static void checkWord(LabelWord word, String label, Map<String, String> labelOfWord, Report report) {
        if (word.text().isBlank()) {
            report.error(word.place(), Message.BLANK_WORD, label);
            return;
        }
        String other = labelOfWord.putIfAbsent(word.text(), label);
        if (label.equals(other)) {
            report.error(word.place(), Message.DUPLICATE_WORD_OF_LABEL, word.text(), label);
        } else if (other != null) {
            report.error(word.place(), Message.DUPLICATE_WORD, word.text(), other, label);
        }
    }
}
