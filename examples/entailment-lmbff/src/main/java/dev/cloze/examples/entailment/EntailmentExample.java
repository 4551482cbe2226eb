package dev.cloze.examples.entailment;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Tells whether one sentence follows from another: with the model as it is, with examples that it only reads, and tuned with
 * examples beside each pair.
 *
 * <p>Its arguments are the folder the tuned pipeline is written to, {@code target/pair-pipeline} without one, and how many
 * steps it trains, 200 without a number.
 */
public final class EntailmentExample {

    static final int EXAMPLES_A_LABEL = 12;
    static final long SEED = 13;

    private final PrintStream out;

    private EntailmentExample(PrintStream out) {
        this.out = out;
    }

    /**
     * What came of it: accuracies on the test pairs, 0 to 1.
     *
     * @param zeroShot of the model as it is
     * @param inContext of the same that reads examples before each pair
     * @param tuned of LM-BFF
     * @param loadedIsSame whether the tuned pipeline predicts the same, to the last bit, after saving and loading
     */
    record Outcome(double zeroShot, double inContext, double tuned, boolean loadedIsSame) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/pair-pipeline");
        int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        run(folder, steps, System.out);
    }

    static Outcome run(Path folder, int steps, PrintStream out) throws IOException {
        return new EntailmentExample(out).run(folder, steps);
    }

    private Outcome run(Path folder, int steps) throws IOException {
        FewShotSplit<Labeled<Pair, Verdict>> split =
                FewShotSampler.split(PairFile.read("train.tsv"), Labeled::label, EXAMPLES_A_LABEL, SEED);
        List<Labeled<Pair, Verdict>> test = PairFile.read("test.tsv");
        double zeroShot;
        try (PromptPipeline<Pair, Verdict> pipeline = PairPipeline.zeroShot()) {
            zeroShot = report("Zero-shot", pipeline, test);
        }
        double inContext;
        try (PromptPipeline<Pair, Verdict> pipeline =
                PairPipeline.trainer().method(TuningMethod.IN_CONTEXT).fit(split.train())) {
            inContext = report("In context, nothing trained", pipeline, test);
        }
        List<Pair> pairs = test.stream().map(Labeled::input).toList();
        double tuned;
        List<Prediction<Verdict>> before;
        try (PromptPipeline<Pair, Verdict> pipeline = PairPipeline.trainer()
                .options(options -> options.withMaxSteps(steps).withEvaluateEvery(20))
                .fit(split.train(), split.dev())) {
            tuned = report("Tuned with demonstrations", pipeline, test);
            before = pipeline.predict(pairs);
            pipeline.save(folder);
        }
        try (PromptPipeline<Pair, Verdict> again = PairPipeline.load(folder)) {
            boolean same = again.predict(pairs).equals(before);
            out.println("Loaded from " + folder + ", it predicts " + (same ? "the same." : "SOMETHING ELSE."));
            return new Outcome(zeroShot, inContext, tuned, same);
        }
    }

    private double report(String what, PromptPipeline<Pair, Verdict> pipeline, List<Labeled<Pair, Verdict>> test) {
        double accuracy = pipeline.evaluate(test).accuracy();
        out.printf(Locale.ROOT, "%s: accuracy %.1f%% on %d pairs%n", what, 100 * accuracy, test.size());
        return accuracy;
    }
}
