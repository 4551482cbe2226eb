package dev.cloze.runtime.tuning.ipet;

import dev.cloze.annotations.option.PetOptions;
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

/** The generations of models, each of which labels what the next learns from. */
final class Generations {

    private static final int MOST_MODELS = 1 << 20;

    private final PatternRun run;
    private final TrainingOptions options;
    private final LabeledValues train;
    private final LabeledValues dev;
    private final int labels;

    /** @param train labelled examples; without any, the first generation learns from what the untrained model says */
    Generations(PatternRun run, LabeledValues train, LabeledValues dev, int labels) {
        this.run = run;
        this.options = run.options();
        this.train = train;
        this.dev = dev;
        this.labels = labels;
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
    private List<LabeledValues> examples(int generation, List<PatternModel> before) {
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

    /** A generation takes half of the texts at most, so that what is labelled for one model differs from another's. */
    private int[] quotas(int generation) {
        double growth = options.get(PetOptions.GROWTH);
        int size = train.isEmpty()
                ? GenerationSize.zeroShot(growth, generation)
                : GenerationSize.of(train.size(), growth, generation);
        int[] counts = new int[labels];
        Arrays.fill(counts, train.isEmpty() ? 1 : 0);
        for (int label : train.labels()) {
            counts[label]++;
        }
        return GenerationSize.quotas(
                counts, Math.min(size, run.unlabeled().texts().size() / 2));
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
            NewExamples examples = new NewExamples(texts, together, quotas, seed + 1);
            return train.isEmpty() && generation == 0 ? examples.mostLikely() : examples.predicted();
        }
    }
}
