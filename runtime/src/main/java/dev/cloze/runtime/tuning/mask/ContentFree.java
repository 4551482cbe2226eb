package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Calibration;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.verbalizer.LabelWord;
import dev.cloze.runtime.verbalizer.MaskModel;
import dev.cloze.runtime.verbalizer.WordCalibration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Calibration by what a model says where an input has no content: asked once for all inputs or, where what is read beside an
 * input depends on it, as demonstrations that are like it do, of each input in its own surroundings.
 */
final class ContentFree {

    private final CompiledTask task;

    /** That of all inputs; null where each has its own. */
    private final @Nullable WordCalibration ofAll;

    private ContentFree(CompiledTask task, @Nullable WordCalibration ofAll) {
        this.task = task;
        this.ofAll = ofAll;
    }

    /** None: what training optimises. */
    static ContentFree none(CompiledTask task) {
        return new ContentFree(task, WordCalibration.none());
    }

    /** As the task says, of inputs that are encoded so. */
    static ContentFree of(CompiledTask task, InputEncoding encoding, MaskModel model) {
        if (task.task().calibration() == Calibration.NONE) {
            return none(task);
        }
        if (encoding.surroundsEachByItself()) {
            return new ContentFree(task, null);
        }
        EncodedInputs texts = new EncodedInputs(encoding, contents(task));
        return new ContentFree(task, calibration(task, scores(task, model, texts)));
    }

    /** One for each of these inputs. */
    List<WordCalibration> of(MaskModel model, EncodedInputs inputs) {
        if (ofAll != null) {
            return Collections.nCopies(inputs.size(), ofAll);
        }
        List<float[][]> byContent = contents(task).stream()
                .map(content -> scores(task, model, inputs.withContent(content)))
                .toList();
        return IntStream.range(0, inputs.size())
                .mapToObj(input -> calibration(
                        task, byContent.stream().map(scores -> scores[input]).toArray(float[][]::new)))
                .toList();
    }

    private static List<Map<String, String>> contents(CompiledTask task) {
        List<String> texts = task.task().calibration() == Calibration.PMI ? List.of("") : WordCalibration.CONTENT_FREE;
        return texts.stream().map(task::content).toList();
    }

    private static float[][] scores(CompiledTask task, MaskModel model, EncodedInputs texts) {
        float[][] scores = texts.averaged(task.verbalizer().wordScores(model, texts));
        for (float[] ofContent : scores) {
            requireFinite(ofContent, task.verbalizer().words(), " where an input has no content");
        }
        return scores;
    }

    /** @param scores [content][word] */
    private static WordCalibration calibration(CompiledTask task, float[][] scores) {
        return task.task().calibration() == Calibration.PMI
                ? WordCalibration.pmi(scores[0])
                : WordCalibration.contextual(
                        Arrays.asList(scores), task.task().tuning().compat());
    }

    /** Refuses scores that are no numbers, with the word's name. */
    static void requireFinite(float[] scores, List<LabelWord> words, String when) {
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isFinite(scores[i])) {
                FiniteScores.require(
                        scores[i], "the label word \"" + words.get(i).text() + "\"" + when);
            }
        }
    }
}
