package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.labels.Prototypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Labels by a prototype each: the score is the cosine with the projected hidden state at the mask (Cui et al. 2022, ProtoVerb,
 * arXiv 2203.09770, equation 7); or the mean of the standard scores by prototypes and by words (section 4.5).
 *
 * @param names of the labels, in the order of the task
 * @param words where words count too
 */
record PrototypeVerbalization(List<String> names, Prototypes prototypes, Optional<WordVerbalization> words)
        implements Verbalization {

    @Override
    public List<LabelAnswer> answer(Backbone backbone, EncodedInputs texts) {
        float[][] states = MaskVectors.of(backbone, texts.apply(1), StatePooling.MASKS);
        float[][] byText = new float[states.length][];
        for (int i = 0; i < states.length; i++) {
            byText[i] = prototypes.cosines(states[i]);
        }
        float[][] cosines = texts.averaged(byText);
        List<LabelAnswer> said = words.map(one -> one.answer(backbone, texts)).orElse(List.of());
        List<LabelAnswer> answers = new ArrayList<>(cosines.length);
        for (int i = 0; i < cosines.length; i++) {
            for (int label = 0; label < names.size(); label++) {
                FiniteScores.require(cosines[i][label], "the label " + names.get(label));
            }
            answers.add(
                    said.isEmpty()
                            ? new LabelAnswer(cosines[i], List.of(), texts.isCut(i))
                            : together(cosines[i], said.get(i)));
        }
        return answers;
    }

    private static LabelAnswer together(float[] cosines, LabelAnswer words) {
        float[] prototypes = standard(cosines);
        float[] scores = standard(words.scores());
        for (int label = 0; label < scores.length; label++) {
            scores[label] = (scores[label] + prototypes[label]) / 2;
        }
        return new LabelAnswer(scores, words.words(), words.cut());
    }

    /** Less their mean, over their deviation; equal ones are all 0. */
    static float[] standard(float[] scores) {
        double mean = 0;
        for (float score : scores) {
            mean += score / (double) scores.length;
        }
        double squares = 0;
        for (float score : scores) {
            squares += (score - mean) * (score - mean);
        }
        double deviation = Math.sqrt(squares / (scores.length - 1));
        float[] standard = new float[scores.length];
        for (int label = 0; label < scores.length; label++) {
            standard[label] = deviation == 0 ? 0 : (float) ((scores[label] - mean) / deviation);
        }
        return standard;
    }

    @Override
    public VerbalizerKind kind() {
        return VerbalizerKind.PROTOTYPES;
    }

    @Override
    public Map<String, String> settings() {
        return words.isPresent() ? Map.of(SavedVerbalizer.WITH_WORDS, "true") : Map.of();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return Map.of(
                SavedVerbalizer.PROJECTION, SavedVerbalizer.matrix(prototypes.projection()),
                SavedVerbalizer.PROTOTYPES, SavedVerbalizer.matrix(prototypes.prototypes()));
    }

    @Override
    public Map<String, List<String>> texts() {
        return Map.of(SavedVerbalizer.LABELS, names);
    }
}
