package dev.cloze.runtime.tuning.head;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chooses labels by a head on a backbone's hidden states, in batches of like length. */
final class HeadAnswers implements LabelAnswers {

    /** Inputs encoded at a time: enough for batches of like length, few enough for a list of any size. */
    private static final int CHUNK = 512;

    private final HeadReading reading;
    private final Backbone backbone;
    private final FixedHead head;

    /** Answers of that head; the backbone stays the caller's. */
    HeadAnswers(HeadReading reading, Backbone backbone, FixedHead head) {
        this.reading = reading;
        this.backbone = backbone;
        this.head = head;
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        List<LabelAnswer> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            List<EncodedText> texts = inputs.subList(from, Math.min(inputs.size(), from + CHUNK)).stream()
                    .map(reading::encode)
                    .toList();
            float[][] states = backbone.vectors(reading.rows(texts), reading.pooling());
            for (int i = 0; i < states.length; i++) {
                float[] scores = head.scores(states[i]);
                requireFinite(scores);
                answers.add(new LabelAnswer(scores, List.of(), texts.get(i).cut()));
            }
        }
        return answers;
    }

    private void requireFinite(float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            FiniteScores.require(
                    scores[i], "the label " + reading.task().labels().get(i));
        }
    }
}
