package dev.cloze.runtime.tuning.lstm;

import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.reading.WordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers by a network.
 *
 * @param known the words it has vectors of
 * @param order in which it has the labels
 */
record LstmAnswers(WordReader reader, KnownWords known, LabelOrder order, LstmNetwork network) implements LabelAnswers {

    /** Inputs of which the words are held at once. */
    private static final int CHUNK = 1024;

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        List<LabelAnswer> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            answers.addAll(chunk(inputs.subList(from, Math.min(inputs.size(), from + CHUNK))));
        }
        return answers;
    }

    private List<LabelAnswer> chunk(List<Map<String, String>> inputs) {
        List<WordReader.Words> words = inputs.stream().map(reader::read).toList();
        float[][] scores = network.scores(words.stream().map(known::ids).toList());
        List<LabelAnswer> answers = new ArrayList<>(scores.length);
        for (int i = 0; i < scores.length; i++) {
            for (int label = 0; label < scores[i].length; label++) {
                FiniteScores.require(
                        scores[i][label], "the label " + order.names().get(label));
            }
            answers.add(new LabelAnswer(
                    order.apply(scores[i]), List.of(), words.get(i).cut()));
        }
        return answers;
    }
}
