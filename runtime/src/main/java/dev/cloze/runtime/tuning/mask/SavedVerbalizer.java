package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelNames;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.labels.Prototypes;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a verbalizer trained, on disk beside what the method did. */
final class SavedVerbalizer {

    static final String VECTORS = "verbalizer.vectors";
    static final String PROJECTION = "verbalizer.projection";
    static final String PROTOTYPES = "verbalizer.prototypes";
    static final String WEIGHTS = "verbalizer.weights";
    static final String WORDS = "verbalizer.words";
    static final String LABELS = "verbalizer.labels";
    static final String KIND = ProductIdentity.VERBALIZER;
    static final String WITH_WORDS = "verbalizer.withWords";

    private static final Set<String> TENSORS = Set.of(VECTORS, PROJECTION, PROTOTYPES, WEIGHTS);

    private SavedVerbalizer() {}

    /** These settings, and what tells the verbalizer, where it trained anything. */
    static Map<String, String> settings(Map<String, String> others, VerbalizerKind kind, Map<String, String> own) {
        if (kind == VerbalizerKind.WORDS) {
            return others;
        }
        Map<String, String> all = new HashMap<>(others);
        all.put(KIND, kind.name());
        all.putAll(own);
        return all;
    }

    /** The same with what a saved product tells of its verbalizer. */
    static Map<String, String> settings(Map<String, String> others, SavedProduct saved) {
        Map<String, String> all = new HashMap<>(others);
        for (String name : List.of(KIND, WITH_WORDS)) {
            String value = saved.settings().get(name);
            if (value != null) {
                all.put(name, value);
            }
        }
        return all;
    }

    /** A saved product without what is its verbalizer's. */
    static SavedProduct withoutOwn(SavedProduct saved) {
        return new SavedProduct(
                saved.tensors().without(TENSORS), saved.texts(), saved.settings(), saved.place(), saved.fit());
    }

    /** The verbalizer of a saved product, whose identity fits. */
    static Verbalization read(SavedProduct saved, CompiledTask task, InputEncoding encoding, Backbone backbone) {
        VerbalizerKind kind = saved.constant(KIND, VerbalizerKind.WORDS);
        if (kind != VerbalizerKind.WORDS && saved.isUntrained()) {
            return new UnreadVerbalization(kind, settings(Map.of(), saved));
        }
        return switch (kind) {
            case WORDS -> WordVerbalization.calibrated(task, encoding, backbone);
            case SOFT -> vectors(saved, task, backbone.wordVectors(new int[] {0})[0].length);
            case PROTOTYPES -> prototypes(saved, task, backbone.shape().hiddenSize());
            case KNOWLEDGEABLE ->
                WordVerbalization.calibrated(task, encoding, backbone).weighted(weights(saved, task));
        };
    }

    private static Verbalization vectors(SavedProduct saved, CompiledTask task, int width) {
        List<String> names = names(task);
        return new VectorVerbalization(names, byLabel(saved, task, matrix(saved, VECTORS, names.size(), width)));
    }

    private static Verbalization prototypes(SavedProduct saved, CompiledTask task, int width) {
        List<String> names = names(task);
        int size = (int) saved.tensors().shape(PROJECTION)[0];
        float[][] projection = matrix(saved, PROJECTION, size, width);
        float[][] prototypes = byLabel(saved, task, matrix(saved, PROTOTYPES, names.size(), size));
        boolean withWords = saved.settings().containsKey(WITH_WORDS);
        return new PrototypeVerbalization(
                names,
                new Prototypes(projection, prototypes),
                withWords ? Optional.of(WordVerbalization.plain(task)) : Optional.empty());
    }

    /** The labels' names, in the order of the task. */
    static List<String> names(CompiledTask task) {
        return LabelNames.of(task.task().labels());
    }

    private static float[] weights(SavedProduct saved, CompiledTask task) {
        List<LabelWord> words = task.verbalizer().words();
        float[] stored = matrix(saved, WEIGHTS, 1, words.size())[0];
        List<String> names = saved.texts().getOrDefault(WORDS, List.of());
        float[] weights = new float[words.size()];
        for (int w = 0; w < weights.length; w++) {
            String word = words.get(w).text();
            weights[w] = stored[place(saved, names.indexOf(word), word)];
        }
        return weights;
    }

    /** An enum's constants may have been moved since. */
    private static float[][] byLabel(SavedProduct saved, CompiledTask task, float[][] rows) {
        List<Object> labels = task.task().labels();
        int[] places = LabelNames.places(labels, saved.texts().getOrDefault(LABELS, List.of()));
        float[][] ordered = new float[places.length][];
        for (int label = 0; label < ordered.length; label++) {
            ordered[label] = rows[place(saved, places[label], LabelNames.of(labels.get(label)))];
        }
        return ordered;
    }

    private static int place(SavedProduct saved, int place, String name) {
        if (place < 0) {
            throw saved.unreadable("its verbalizer has no numbers of " + name);
        }
        return place;
    }

    private static float[][] matrix(SavedProduct saved, String name, int rows, int width) {
        FloatBuffer numbers = saved.tensors().floats(name);
        long[] shape = saved.tensors().shape(name);
        if (numbers.remaining() != rows * width || shape[shape.length - 1] != width) {
            throw saved.unreadable("its tensor " + name + " has the shape " + Arrays.toString(shape) + " in place of ["
                    + rows + ", " + width + "]");
        }
        float[][] matrix = new float[rows][width];
        for (float[] row : matrix) {
            numbers.get(row);
        }
        return matrix;
    }

    /** A tensor of these rows. */
    static Tensor matrix(float[][] rows) {
        int width = rows[0].length;
        float[] flat = new float[rows.length * width];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, flat, r * width, width);
        }
        return Tensor.of(flat, new long[] {rows.length, width});
    }
}
