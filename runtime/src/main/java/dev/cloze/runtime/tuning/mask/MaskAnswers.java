package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Calibration;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswer.ScoredWord;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.verbalizer.LabelWord;
import dev.cloze.runtime.verbalizer.MaskModel;
import dev.cloze.runtime.verbalizer.MaskScores;
import dev.cloze.runtime.verbalizer.WordCalibration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chooses labels: encodes inputs, asks a backbone about the label words, calibrates, and sums up by label. */
public final class MaskAnswers implements LabelAnswers {

    /** Inputs encoded at a time: enough for batches of like length, few enough for a list of any size. */
    private static final int CHUNK = 512;

    /** Scores at a time: some megabytes. */
    private static final int SCORES = 4_000_000;

    private final CompiledTask task;
    private final InputEncoding encoding;
    private final MaskModel model;
    private final WordCalibration calibration;

    private MaskAnswers(CompiledTask task, InputEncoding encoding, MaskModel model, WordCalibration calibration) {
        this.task = task;
        this.encoding = encoding;
        this.model = model;
        this.calibration = calibration;
    }

    /** Answers that are calibrated as the task says, by what this backbone says to inputs without content. */
    public static MaskAnswers of(CompiledTask task, Backbone backbone) {
        return of(task, task, backbone);
    }

    /** The same, where inputs are encoded so. */
    public static MaskAnswers of(CompiledTask task, InputEncoding encoding, Backbone backbone) {
        MaskModel model = maskModel(backbone);
        return new MaskAnswers(task, encoding, model, calibration(task, encoding, model));
    }

    /** Answers that are not calibrated: what training optimises. */
    public static MaskAnswers uncalibrated(CompiledTask task, InputEncoding encoding, Backbone backbone) {
        return new MaskAnswers(task, encoding, maskModel(backbone), WordCalibration.none());
    }

    /** The same of the texts that the template gives. */
    public static MaskAnswers uncalibrated(CompiledTask task, Backbone backbone) {
        return uncalibrated(task, task, backbone);
    }

    /** The same answers, calibrated alike, of another backbone that says the same. */
    MaskAnswers over(Backbone other) {
        return new MaskAnswers(task, encoding, maskModel(other), calibration);
    }

    private static MaskModel maskModel(Backbone backbone) {
        return (texts, tokens, normalised) -> new MaskScores(
                backbone.scores(texts.stream().map(ModelTemplate::row).toList(), tokens, normalised));
    }

    private static WordCalibration calibration(CompiledTask task, InputEncoding encoding, MaskModel model) {
        Calibration choice = task.task().calibration();
        if (choice == Calibration.NONE) {
            return WordCalibration.none();
        }
        List<String> contents = choice == Calibration.PMI ? List.of("") : WordCalibration.CONTENT_FREE;
        EncodedInputs texts =
                new EncodedInputs(encoding, contents.stream().map(task::content).toList());
        float[][] scores = texts.averaged(task.verbalizer().wordScores(model, texts));
        for (float[] ofContent : scores) {
            requireFinite(ofContent, task, " where an input has no content");
        }
        return choice == Calibration.PMI
                ? WordCalibration.pmi(scores[0])
                : WordCalibration.contextual(
                        List.of(scores), task.task().tuning().compat());
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        List<LabelAnswer> answers = new ArrayList<>(inputs.size());
        int chunk =
                Math.max(1, Math.min(CHUNK, SCORES / task.verbalizer().words().size()));
        for (int from = 0; from < inputs.size(); from += chunk) {
            answers.addAll(answerChunk(List.copyOf(inputs.subList(from, Math.min(inputs.size(), from + chunk)))));
        }
        return answers;
    }

    private List<LabelAnswer> answerChunk(List<Map<String, String>> inputs) {
        EncodedInputs texts = new EncodedInputs(encoding, inputs);
        float[][] words = texts.averaged(task.verbalizer().wordScores(model, texts));
        List<LabelAnswer> answers = new ArrayList<>(inputs.size());
        for (int i = 0; i < words.length; i++) {
            requireFinite(words[i], task, "");
            float[] calibrated = calibration.apply(words[i]);
            requireFinite(calibrated, task, " after calibration");
            answers.add(new LabelAnswer(task.verbalizer().labelScores(calibrated), words(calibrated), texts.isCut(i)));
        }
        return answers;
    }

    private static void requireFinite(float[] scores, CompiledTask task, String when) {
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isFinite(scores[i])) {
                FiniteScores.require(
                        scores[i],
                        "the label word \"" + task.verbalizer().words().get(i).text() + "\"" + when);
            }
        }
    }

    /** A view: of an open vocabulary there are very many. */
    private List<ScoredWord> words(float[] scores) {
        List<LabelWord> words = task.verbalizer().words();
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
}
