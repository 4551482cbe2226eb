package dev.cloze.processor.vocabulary;

import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.vocabulary.Vocabulary;
import java.util.List;

/**
 * The tokens a label word has where the task's mask stands.
 *
 * @param ids in order
 * @param shown as the vocabulary spells them, with spaces between: {@code un ##forget ##table}
 */
public record WordTokens(List<Integer> ids, String shown) {

    /** The tokens of a word of the task. */
    public static WordTokens of(LabelWord word, TaskModel task, Backbone backbone) {
        Vocabulary vocabulary = backbone.vocabulary();
        List<Integer> ids = vocabulary.encodeWord(word.text(), backbone.maskFollowsSpace(task.template()));
        return new WordTokens(
                ids, String.join(" ", ids.stream().map(vocabulary::token).toList()));
    }

    /** The masks the longest label word of the task needs. */
    public static int longest(TaskModel task, Backbone backbone) {
        return task.verbalizer().stream()
                .flatMap(verbalizer -> verbalizer.labels().stream())
                .flatMap(label -> label.allWords().stream())
                .mapToInt(word -> Math.max(1, of(word, task, backbone).ids().size()))
                .max()
                .orElse(1);
    }
}
