package dev.cloze.runtime.classification;

import dev.cloze.annotations.Calibration;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.Prediction.WordProbability;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import dev.cloze.runtime.verbalizer.Logits;
import dev.cloze.runtime.verbalizer.MaskModel;
import dev.cloze.runtime.verbalizer.MaskScores;
import dev.cloze.runtime.verbalizer.WordCalibration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Predicts labels: encodes inputs, asks a backbone about the label words, calibrates, and sums up by label. */
public final class Classifier<I, L> {

    /** Inputs encoded at a time: enough for batches of like length, few enough for a list of any size. */
    private static final int CHUNK = 512;

    private final CompiledTask<I, L> task;
    private final MaskModel model;
    private final WordCalibration calibration;

    private Classifier(CompiledTask<I, L> task, MaskModel model, WordCalibration calibration) {
        this.task = task;
        this.model = model;
        this.calibration = calibration;
    }

    /** A classifier that calibrates as the task says, by what this backbone says to inputs without content. */
    public static <I, L> Classifier<I, L> of(CompiledTask<I, L> task, Backbone backbone) {
        MaskModel model = maskModel(backbone);
        return new Classifier<>(task, model, calibration(task, model));
    }

    /** A classifier that doesn't calibrate: what training optimises. */
    public static <I, L> Classifier<I, L> uncalibrated(CompiledTask<I, L> task, Backbone backbone) {
        return new Classifier<>(task, maskModel(backbone), WordCalibration.none());
    }

    private static MaskModel maskModel(Backbone backbone) {
        return (texts, tokens, normalised) -> new MaskScores(
                backbone.scores(texts.stream().map(ModelTemplate::row).toList(), tokens, normalised));
    }

    private static WordCalibration calibration(CompiledTask<?, ?> task, MaskModel model) {
        Calibration choice = task.task().calibration();
        if (choice == Calibration.NONE) {
            return WordCalibration.none();
        }
        List<String> contents = choice == Calibration.PMI ? List.of("") : WordCalibration.CONTENT_FREE;
        float[][] scores = task.verbalizer().wordScores(model, masks -> contents.stream()
                .map(content -> task.encodeContent(content, masks))
                .toList());
        for (float[] ofContent : scores) {
            requireFinite(ofContent, task.verbalizer(), " where an input has no content");
        }
        return choice == Calibration.PMI
                ? WordCalibration.pmi(scores[0])
                : WordCalibration.contextual(
                        List.of(scores), task.task().tuning().compat());
    }

    /** The predictions, in the order of the inputs. */
    public List<Prediction<L>> predict(List<? extends @Nullable I> inputs) {
        List<Prediction<L>> predictions = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            predictions.addAll(predictChunk(inputs.subList(from, Math.min(inputs.size(), from + CHUNK))));
        }
        return predictions;
    }

    private List<Prediction<L>> predictChunk(List<? extends @Nullable I> inputs) {
        EncodedInputs<I> texts = new EncodedInputs<>(task, inputs);
        float[][] words = task.verbalizer().wordScores(model, texts);
        List<Prediction<L>> predictions = new ArrayList<>(inputs.size());
        for (int i = 0; i < words.length; i++) {
            requireFinite(words[i], task.verbalizer(), "");
            predictions.add(prediction(words[i], texts.isCut(i)));
        }
        return predictions;
    }

    private static void requireFinite(float[] scores, CompiledVerbalizer<?> verbalizer, String when) {
        for (int i = 0; i < scores.length; i++) {
            FiniteScores.require(
                    scores[i], "the label word \"" + verbalizer.words().get(i).text() + "\"" + when);
        }
    }

    private Prediction<L> prediction(float[] wordScores, boolean cut) {
        CompiledVerbalizer<L> verbalizer = task.verbalizer();
        float[] calibrated = calibration.apply(wordScores);
        requireFinite(calibrated, verbalizer, " after calibration");
        float[] probabilities = Logits.softmax(verbalizer.labelScores(calibrated));
        Map<L, Double> byLabel = new LinkedHashMap<>();
        int best = 0;
        for (int i = 0; i < probabilities.length; i++) {
            byLabel.put(verbalizer.labels().get(i), (double) probabilities[i]);
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return new Prediction<>(verbalizer.labels().get(best), byLabel, words(calibrated), cut);
    }

    private List<WordProbability<L>> words(float[] scores) {
        float[] probabilities = Logits.softmax(scores);
        List<WordProbability<L>> words = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            LabelWord word = task.verbalizer().words().get(i);
            words.add(new WordProbability<>(
                    word.text(), task.verbalizer().labels().get(word.label()), probabilities[i]));
        }
        words.sort(Comparator.comparingDouble((WordProbability<L> word) -> word.probability())
                .reversed());
        return List.copyOf(words);
    }
}
