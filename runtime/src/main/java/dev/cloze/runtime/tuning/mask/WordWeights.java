package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The training of a weight for each word, of which each label has the softmax over its words that are kept: score(y) = sum over the
 * words w of y of softmax(weights)_w times the logit of w (Hu et al. 2022, KPT, arXiv 2108.02035, equations 10 and 11, whose
 * logarithms of probabilities differ from logits by what is the same for every label). All weights start equal.
 */
final class WordWeights implements VerbalizerTraining {

    /** The authors'. */
    private static final double RATE = 0.05;

    private final CompiledTask task;
    private final LoadedWeights loaded;
    private final boolean[] keeps;
    private final NDArray weights;
    private final NDArray kept;
    private final NDArray words;
    private final NDArray labels;
    private final WeightGroup group;

    private WordWeights(CompiledTask task, TrainingOptions options, boolean[] keeps, LoadedWeights loaded) {
        this.task = task;
        this.loaded = loaded;
        this.keeps = keeps;
        int count = keeps.length;
        this.weights = loaded.each(List.of(WeightSlot.of(SavedVerbalizer.WEIGHTS, "", count)))
                .get(0);
        this.group = VerbalizerRates.group(loaded.bySlot(), options, RATE);
        float[] ones = new float[count];
        for (int w = 0; w < count; w++) {
            ones[w] = keeps[w] ? 1 : 0;
        }
        this.kept = loaded.memory().create(ones);
        this.words = loaded.memory().create(shares(task.verbalizer()));
        float[][] owners = new float[count][task.task().labels().size()];
        for (int w = 0; w < count; w++) {
            owners[w][task.verbalizer().words().get(w).label()] = 1;
        }
        this.labels = loaded.memory().create(owners);
    }

    /**
     * Weights of the words that are kept; the caller closes them.
     *
     * @param support texts by which the model's expectation of words is judged, without their labels
     */
    static WordWeights of(
            LanguageModel model, CompiledTask task, TrainingOptions options, List<Map<String, String>> support) {
        boolean[] keeps = SupportedWords.of(model, task, options, support);
        WeightSource zeros = (memory, slot) -> memory.create(new float[keeps.length]);
        return LoadedWeights.load(
                model.backbone().device(), zeros.trainable(), loaded -> new WordWeights(task, options, keeps, loaded));
    }

    /** The share of each token's logit in each word's score, [token][word]. */
    private static float[][] shares(CompiledVerbalizer<?> verbalizer) {
        List<Integer> tokens = Arrays.stream(verbalizer.tokenIds()).boxed().toList();
        List<LabelWord> words = verbalizer.words();
        float[][] shares = new float[tokens.size()][words.size()];
        for (int w = 0; w < words.size(); w++) {
            int[] own = words.get(w).tokens();
            for (int token : own) {
                shares[tokens.indexOf(token)][w] += 1f / own.length;
            }
        }
        return shares;
    }

    int[] tokens() {
        return task.verbalizer().tokenIds();
    }

    /** (W, N). */
    NDArray words() {
        return words;
    }

    /** (N,), which take gradients. */
    NDArray weights() {
        return weights;
    }

    /** (N,). */
    NDArray kept() {
        return kept;
    }

    /** (N, C). */
    NDArray labels() {
        return labels;
    }

    @Override
    public int masks() {
        return 1;
    }

    @Override
    public List<WeightGroup> groups() {
        return List.of(group);
    }

    @Override
    public Objective.Plan objective(ExampleTexts texts, MaskTargets targets) {
        return LabelObjective.by(
                (backbone, kernel) -> new WeighedScores(backbone, kernel, MaskRows.of(texts), this), targets);
    }

    @Override
    public Verbalization present() {
        return WordVerbalization.plain(task).weighted(shares());
    }

    @Override
    public Verbalization finished(InputEncoding encoding, Backbone tuned) {
        return WordVerbalization.calibrated(task, encoding, tuned).weighted(shares());
    }

    private float[] shares() {
        float[] present = NativeMemory.floats(weights);
        double[] sums = new double[task.task().labels().size()];
        List<LabelWord> all = task.verbalizer().words();
        for (int w = 0; w < present.length; w++) {
            sums[all.get(w).label()] += keeps[w] ? Math.exp(present[w]) : 0;
        }
        float[] shares = new float[present.length];
        for (int w = 0; w < present.length; w++) {
            shares[w] =
                    keeps[w] ? (float) (Math.exp(present[w]) / sums[all.get(w).label()]) : 0;
        }
        return shares;
    }

    @Override
    public void close() {
        loaded.close();
    }
}
