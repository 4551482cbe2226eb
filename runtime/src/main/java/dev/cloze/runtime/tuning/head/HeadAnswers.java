package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Chooses labels by a head on a backbone's hidden states, in batches of like length. */
public final class HeadAnswers implements LabelAnswers {

    /** Inputs encoded at a time: enough for batches of like length, few enough for a list of any size. */
    private static final int CHUNK = 512;

    private final HeadReading reading;
    private final Backbone backbone;
    private final Head head;

    /** Answers of that head; backbone and head stay the caller's. */
    public HeadAnswers(HeadReading reading, Backbone backbone, Head head) {
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
            float[][] scores = scores(reading.rows(texts));
            for (int i = 0; i < scores.length; i++) {
                requireFinite(scores[i]);
                answers.add(new LabelAnswer(scores[i], List.of(), texts.get(i).cut()));
            }
        }
        return answers;
    }

    private float[][] scores(List<TokenRow> rows) {
        float[][] scores = new float[rows.size()][];
        for (int[] bucket : backbone.buckets(rows)) {
            float[] flat = score(Arrays.stream(bucket).mapToObj(rows::get).toList());
            int labels = flat.length / bucket.length;
            for (int r = 0; r < bucket.length; r++) {
                scores[bucket[r]] = Arrays.copyOfRange(flat, r * labels, (r + 1) * labels);
            }
        }
        return scores;
    }

    private float[] score(List<TokenRow> rows) {
        try (NDManager scope = backbone.memory().newSubManager()) {
            return head.scores(scope, new HeadStates(backbone, reading.pooling()).of(scope, rows))
                    .toFloatArray();
        }
    }

    private void requireFinite(float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            FiniteScores.require(
                    scores[i], "the label " + reading.task().labels().get(i));
        }
    }
}
