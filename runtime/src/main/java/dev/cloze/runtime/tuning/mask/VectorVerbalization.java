package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Labels by a vector each, which stand where the head has those of words: score = vector . g(h), g being what the head does with a
 * hidden state before it compares it with words (Hambardzumyan et al. 2021, WARP, arXiv 2101.00121, equation 1).
 *
 * @param names of the labels, in the order of the task
 * @param vectors one each, [C][e]
 */
record VectorVerbalization(List<String> names, float[][] vectors) implements Verbalization {

    @Override
    public List<LabelAnswer> answer(Backbone backbone, EncodedInputs texts) {
        float[][] compared = MaskVectors.of(backbone, texts.apply(1), StatePooling.HEAD);
        float[][] byText = new float[compared.length][];
        for (int i = 0; i < compared.length; i++) {
            byText[i] = scores(compared[i]);
        }
        float[][] scores = texts.averaged(byText);
        List<LabelAnswer> answers = new ArrayList<>(scores.length);
        for (int i = 0; i < scores.length; i++) {
            answers.add(new LabelAnswer(scores[i], List.of(), texts.isCut(i)));
        }
        return answers;
    }

    private float[] scores(float[] compared) {
        float[] scores = new float[vectors.length];
        for (int label = 0; label < scores.length; label++) {
            double sum = 0;
            for (int i = 0; i < compared.length; i++) {
                sum += (double) vectors[label][i] * compared[i];
            }
            FiniteScores.require(sum, "the label " + names.get(label));
            scores[label] = (float) sum;
        }
        return scores;
    }

    @Override
    public VerbalizerKind kind() {
        return VerbalizerKind.SOFT;
    }

    @Override
    public Map<String, Tensor> tensors() {
        return Map.of(SavedVerbalizer.VECTORS, SavedVerbalizer.matrix(vectors));
    }

    @Override
    public Map<String, List<String>> texts() {
        return Map.of(SavedVerbalizer.LABELS, names);
    }
}
