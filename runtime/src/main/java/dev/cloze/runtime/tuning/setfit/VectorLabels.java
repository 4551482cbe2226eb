package dev.cloze.runtime.tuning.setfit;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.UnitVector;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.linear.Features;
import dev.cloze.runtime.tuning.linear.LinearClassifier;
import dev.cloze.runtime.tuning.linear.LogisticRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Labels by a linear classifier of sentence vectors, which are made of a backbone's last hidden states. */
final class VectorLabels implements LabelAnswers {

    private static final int CHUNK = 512;

    /** The inverse of the penalty's strength, scikit-learn's default. */
    private static final double C = 1;

    private static final String VECTOR = "a text's vector";

    private final HeadReading reading;
    private final Backbone backbone;
    private final VectorLength length;
    private final LinearClassifier classifier;

    VectorLabels(HeadReading reading, Backbone backbone, VectorLength length, LinearClassifier classifier) {
        this.reading = reading;
        this.backbone = backbone;
        this.length = length;
        this.classifier = classifier;
    }

    /** Those by what a logistic regression learns from the vectors of these rows. */
    static VectorLabels learned(
            HeadReading reading, Backbone backbone, VectorLength length, List<TokenRow> rows, int[] labels) {
        LinearClassifier classifier = LogisticRegression.fit(
                vectors(reading, backbone, length, rows),
                labels,
                reading.labels(),
                backbone.shape().hiddenSize(),
                C);
        return new VectorLabels(reading, backbone, length, classifier);
    }

    private static List<Features> vectors(
            HeadReading reading, Backbone backbone, VectorLength length, List<TokenRow> rows) {
        float[][] vectors = backbone.vectors(rows, reading.pooling());
        for (float[] vector : vectors) {
            switch (length) {
                case UNIT -> UnitVector.scale(vector, VECTOR);
                case AS_IS -> requireFinite(vector);
            }
        }
        return Arrays.stream(vectors).map(Features::dense).toList();
    }

    private static void requireFinite(float[] vector) {
        for (float number : vector) {
            FiniteScores.require(number, VECTOR);
        }
    }

    LinearClassifier classifier() {
        return classifier;
    }

    VectorLength length() {
        return length;
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        List<LabelAnswer> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            List<EncodedText> texts = inputs.subList(from, Math.min(inputs.size(), from + CHUNK)).stream()
                    .map(reading::encode)
                    .toList();
            List<Features> vectors = vectors(reading, backbone, length, reading.rows(texts));
            for (int i = 0; i < vectors.size(); i++) {
                answers.add(new LabelAnswer(
                        classifier.logProbabilities(vectors.get(i)),
                        List.of(),
                        texts.get(i).cut()));
            }
        }
        return answers;
    }
}
