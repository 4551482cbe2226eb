package dev.cloze.processor.vocabulary;

import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.vocabulary.Vocabulary;
import java.util.List;

/**
 * The tokens a label word has where a template's mask stands.
 *
 * @param ids in order
 * @param shown as the vocabulary spells them, with spaces between: {@code un ##forget ##table}
 */
public record WordTokens(List<Integer> ids, String shown) {

    /** The tokens of a word in this template. */
    public static WordTokens of(LabelWord word, TemplateModel template, Backbone backbone) {
        Vocabulary vocabulary = backbone.vocabulary();
        List<Integer> ids = vocabulary.encodeWord(word.text(), backbone.maskFollowsSpace(template));
        return new WordTokens(
                ids, String.join(" ", ids.stream().map(vocabulary::token).toList()));
    }

    /** The masks the longest label word of the template needs. */
    public static int longest(TaskModel task, TemplateModel template, Backbone backbone) {
        return task.labels(template).stream()
                .flatMap(label -> label.allWords().stream())
                .mapToInt(word -> Math.max(1, of(word, template, backbone).ids().size()))
                .max()
                .orElse(1);
    }
}
