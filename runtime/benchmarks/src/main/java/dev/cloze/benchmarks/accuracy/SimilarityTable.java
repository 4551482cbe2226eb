package dev.cloze.benchmarks.accuracy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionEvaluation;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.RegressionTrainer;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.FewShotSplit;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.RatedPair;
import dev.cloze.testkit.data.SentenceSimilarity;
import dev.cloze.testkit.data.SharedFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How alike two sentences mean, by the default model and 32 rated pairs of STS-B: the table of {@code docs/guide/regression.md}, a
 * line for each seed as it is measured, then their mean and deviation.
 */
public final class SimilarityTable {

    /** LM-BFF's template and words (Gao et al. 2021, table 1). */
    private static final RegressionTask<RatedPair> TASK = RegressionTask.of(RatedPair.class)
            .template("{first} {mask}, {second|lowerFirst}")
            .placeholder("first", RatedPair::first)
            .placeholder("second", RatedPair::second)
            .scale(0, 5, "No", "Yes")
            .tuning(TaskTuning.defaults())
            .build();

    private static final int STEPS = 250;
    private static final int SETS = 4;

    private final SentenceSimilarity data;
    private final List<Rated<RatedPair>> test;

    private SimilarityTable(SentenceSimilarity data) {
        this.data = data;
        this.test = rated(data.test());
    }

    /** Measures the methods that are named, or else those that serve the kind of task and the model as it is. */
    public static void main(String[] methods) {
        Path folder = SharedFolder.data().orElseThrow(() -> new IllegalStateException(SharedFolder.MISSING));
        SimilarityTable table = new SimilarityTable(SentenceSimilarity.in(folder));
        try (RegressionPipeline<RatedPair> zero = RegressionPipeline.zeroShot(TASK)) {
            print("zero-shot", zero.evaluate(table.test));
        }
        List<String> asked = methods.length > 0 ? List.of(methods) : List.of("PROMPT_FINE_TUNING", "LM_BFF");
        asked.stream().map(TuningMethod::valueOf).forEach(table::measure);
    }

    private void measure(TuningMethod method) {
        List<RegressionEvaluation> all =
                LmBffSplits.SEEDS.stream().map(seed -> tuned(method, seed)).toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s |%n",
                method,
                spread(all, RegressionEvaluation::pearson),
                spread(all, RegressionEvaluation::spearman),
                spread(all, RegressionEvaluation::meanSquaredError));
    }

    private RegressionEvaluation tuned(TuningMethod method, int seed) {
        FewShotSplit<RatedPair> split = data.split(seed);
        RegressionTrainer<RatedPair> trainer = RegressionTrainer.of(TASK)
                .method(method)
                .quiet()
                .options(options -> options(
                        method,
                        options.withMaxSteps(STEPS).withEvaluateEvery(50).withSeed(seed)));
        try (RegressionPipeline<RatedPair> tuned = trainer.fit(rated(split.train()), rated(split.dev()))) {
            RegressionEvaluation evaluation = tuned.evaluate(test);
            print(method + ", seed " + seed, evaluation);
            return evaluation;
        }
    }

    private static TrainingOptions options(TuningMethod method, TrainingOptions options) {
        return method == TuningMethod.LM_BFF ? options.with(LmBffOptions.SETS, SETS) : options;
    }

    private static List<Rated<RatedPair>> rated(List<RatedPair> pairs) {
        return pairs.stream().map(pair -> new Rated<>(pair, pair.score())).toList();
    }

    private static String spread(List<RegressionEvaluation> all, ToDoubleFunction<RegressionEvaluation> measure) {
        Spread spread = Spread.of(all.stream().mapToDouble(measure).toArray());
        return String.format(Locale.ROOT, "%.2f (%.2f)", spread.mean(), spread.deviation());
    }

    private static void print(String what, RegressionEvaluation evaluation) {
        System.out.println(what + ": " + evaluation);
    }
}
