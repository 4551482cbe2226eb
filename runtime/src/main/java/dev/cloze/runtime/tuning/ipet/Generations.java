package dev.cloze.runtime.tuning.ipet;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.patterns.PatternModel;
import dev.cloze.runtime.tuning.patterns.PatternRun;
import dev.cloze.runtime.tuning.patterns.SoftLabels;
import dev.cloze.runtime.tuning.unlabeled.TextSpool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The generations of models, each of which labels what the next learns from. */
final class Generations {

    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);

    private static final int MOST_MODELS = 1 << 20;

    private final PatternRun run;
    private final TrainingOptions options;
    private final LabeledValues train;
    private final LabeledValues dev;
    private final List<String> labels;

    /**
     * @param train labelled examples; without any, the first generation learns from what the untrained model says
     * @param labels their names
     */
    Generations(PatternRun run, LabeledValues train, LabeledValues dev, List<String> labels) {
        this.run = run;
        this.options = run.options();
        this.train = train;
        this.dev = dev;
        this.labels = labels;
    }

    /** Refuses to begin where there are fewer texts than labels, and no labelled examples: {@code TRAINING_UNLABELED_MISSING}. */
    void check() {
        run.requireTexts(true);
        int texts = run.unlabeled().texts().size();
        if (train.isEmpty() && texts < labels.size()) {
            throw new ClozeException(
                    Problem.TRAINING_UNLABELED_MISSING,
                    "Without labelled examples iPET begins with at least one text of each label, and there are " + texts
                            + (texts == 1 ? " text for " : " texts for ") + labels.size()
                            + " labels.\n  Give more texts without a label: thousands of them are usual.");
        }
    }

    /** The models of the last generation that did not diverge. */
    List<PatternModel> last(boolean keepsWeights) {
        int generations = options.get(PetOptions.GENERATIONS);
        List<PatternModel> models = train.isEmpty() ? run.untrained() : List.of();
        for (int generation = 0; generation < generations; generation++) {
            boolean isLast = generation == generations - 1;
            models = run.train(IpetPlan.prefix(generation), examples(generation, models), dev, keepsWeights && isLast);
        }
        return models;
    }

    /** For each model of a generation, the labelled examples and the new ones that others labelled for it. */
    List<LabeledValues> examples(int generation, List<PatternModel> before) {
        if (before.isEmpty()) {
            return Collections.nCopies(run.models(), train);
        }
        int[] quotas = quotas(generation);
        double[] weights = run.weights(before, train);
        List<LabeledValues> examples = new ArrayList<>();
        for (int model = 0; model < run.models(); model++) {
            long seed = RandomStream.UNLABELED.seed(options.seed(), generation * (long) MOST_MODELS + model * 2L);
            examples.add(NewExamples.joined(train, drawn(generation, model, before, weights, quotas, seed)));
        }
        return examples;
    }

    /**
     * New examples of each label. A generation takes half of the texts at most, so that what is labelled for one model differs from
     * another's, but of each label one at least; the authors' code does neither, and repeats texts where they are too few.
     */
    private int[] quotas(int generation) {
        int size = size(generation);
        if (options.compat() == Compat.REFERENCE) {
            return shared(size);
        }
        int texts = run.unlabeled().texts().size();
        int[] quotas = GenerationSize.oneAtLeast(shared(Math.min(size, texts / 2)));
        int all = Arrays.stream(quotas).sum();
        if (all > texts / 2 && size > all) {
            LOG.warn(
                    "{} unlabelled texts are few for {} labels: a model of generation {} gets {} new examples, of"
                            + " each label one at least, where {} are meant. Give more texts.",
                    texts,
                    labels.size(),
                    generation + 1,
                    all,
                    size);
        }
        return quotas;
    }

    private int size(int generation) {
        double growth = options.get(PetOptions.GROWTH);
        return train.isEmpty()
                ? GenerationSize.zeroShot(growth, generation)
                : GenerationSize.of(train.size(), growth, generation);
    }

    private int[] shared(int size) {
        if (train.isEmpty()) {
            return GenerationSize.equal(labels.size(), size);
        }
        int[] counts = new int[labels.size()];
        for (int label : train.labels()) {
            counts[label]++;
        }
        return GenerationSize.quotas(counts, size);
    }

    private LabeledValues drawn(
            int generation, int model, List<PatternModel> before, double[] weights, int[] quotas, long seed) {
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).name().endsWith("pattern-" + run.suffix(model))) {
                others.add(i);
            }
        }
        if (others.isEmpty()) {
            others.add(0); // all the others diverged
        }
        Collections.shuffle(others, new Random(seed));
        List<Integer> labelers =
                others.subList(0, GenerationSize.labelers(options.get(PetOptions.MODELS_SHARE), others.size()));
        List<PatternModel> picked = labelers.stream().sorted().map(before::get).toList();
        double[] ofPicked =
                labelers.stream().sorted().mapToDouble(i -> weights[i]).toArray();
        TextSpool texts = run.unlabeled().texts();
        try (SoftLabels.Together together = SoftLabels.together(run, picked, ofPicked)) {
            NewExamples examples = new NewExamples(texts, together, labels, quotas, seed + 1);
            return train.isEmpty() && generation == 0 ? examples.mostLikely() : examples.predicted();
        }
    }
}
