package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswer.ScoredWord;
import dev.cloze.runtime.verbalizer.LabelWord;
import dev.cloze.runtime.verbalizer.MaskModel;
import dev.cloze.runtime.verbalizer.MaskScores;
import dev.cloze.runtime.verbalizer.WordCalibration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Labels by their words: each word is scored and calibrated, and a label's score is the mean of its words', or a weighted one. */
final class WordVerbalization implements Verbalization {

    private final CompiledTask task;
    private final ContentFree calibration;
    private final float[] weights;

    /** @param weights of the words, none where each word of a label counts the same */
    private WordVerbalization(CompiledTask task, ContentFree calibration, float[] weights) {
        this.task = task;
        this.calibration = calibration;
        this.weights = weights;
    }

    /** Not calibrated: what training optimises. */
    static WordVerbalization plain(CompiledTask task) {
        UnevenWordsWarning.of(task);
        return new WordVerbalization(task, ContentFree.none(task), new float[0]);
    }

    /** Calibrated as the task says, by what this backbone says to inputs without content. */
    static WordVerbalization calibrated(CompiledTask task, InputEncoding encoding, Backbone backbone) {
        UnevenWordsWarning.of(task);
        return new WordVerbalization(task, ContentFree.of(task, encoding, maskModel(backbone)), new float[0]);
    }

    /** The same with weights of the words: those of a label's words come to 1. */
    WordVerbalization weighted(float[] ofWords) {
        return new WordVerbalization(task, calibration, ofWords.clone());
    }

    private static MaskModel maskModel(Backbone backbone) {
        return (texts, tokens, normalised) -> new MaskScores(
                backbone.scores(texts.stream().map(ModelTemplate::row).toList(), tokens, normalised));
    }

    @Override
    public List<LabelAnswer> answer(Backbone backbone, EncodedInputs texts) {
        MaskModel model = maskModel(backbone);
        float[][] words = texts.averaged(task.verbalizer().wordScores(model, texts));
        List<WordCalibration> calibrations = calibration.of(model, texts);
        List<LabelWord> names = task.verbalizer().words();
        List<LabelAnswer> answers = new ArrayList<>(words.length);
        for (int i = 0; i < words.length; i++) {
            ContentFree.requireFinite(words[i], names, "");
            float[] calibrated = calibrations.get(i).apply(words[i]);
            ContentFree.requireFinite(calibrated, names, " after calibration");
            answers.add(new LabelAnswer(labelScores(calibrated), words(calibrated), texts.isCut(i)));
        }
        return answers;
    }

    private float[] labelScores(float[] scores) {
        if (weights.length == 0) {
            return task.verbalizer().labelScores(scores);
        }
        double[] sums = new double[task.verbalizer().labels().size()];
        for (int w = 0; w < scores.length; w++) {
            sums[task.verbalizer().words().get(w).label()] += (double) weights[w] * scores[w];
        }
        float[] labels = new float[sums.length];
        for (int label = 0; label < labels.length; label++) {
            labels[label] = (float) sums[label];
        }
        return labels;
    }

    /** A word that was left out is none of the answer's. */
    private List<ScoredWord> words(float[] scores) {
        if (weights.length == 0) {
            return view(task.verbalizer().words(), scores);
        }
        List<ScoredWord> words = new ArrayList<>(scores.length);
        for (int i = 0; i < scores.length; i++) {
            if (weights[i] > 0) {
                LabelWord word = task.verbalizer().words().get(i);
                words.add(new ScoredWord(word.text(), word.label(), scores[i]));
            }
        }
        return words;
    }

    /** Of an open vocabulary there are very many. */
    private static List<ScoredWord> view(List<LabelWord> words, float[] scores) {
        return new AbstractList<>() {
            @Override
            public ScoredWord get(int index) {
                LabelWord word = words.get(index);
                return new ScoredWord(word.text(), word.label(), scores[index]);
            }

            @Override
            public int size() {
                return scores.length;
            }
        };
    }

    @Override
    public int width() {
        return Math.max(1, task.verbalizer().words().size());
    }

    @Override
    public VerbalizerKind kind() {
        return weights.length == 0 ? VerbalizerKind.WORDS : VerbalizerKind.KNOWLEDGEABLE;
    }

    @Override
    public Map<String, Tensor> tensors() {
        return weights.length == 0
                ? Map.of()
                : Map.of(SavedVerbalizer.WEIGHTS, Tensor.of(weights, new long[] {weights.length}));
    }

    @Override
    public Map<String, List<String>> texts() {
        return weights.length == 0
                ? Map.of()
                : Map.of(
                        SavedVerbalizer.WORDS,
                        task.verbalizer().words().stream().map(LabelWord::text).toList());
    }
}
