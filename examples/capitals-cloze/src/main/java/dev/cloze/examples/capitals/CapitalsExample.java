package dev.cloze.examples.capitals;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozeAnswer;
import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ClozeTrainer;
import dev.cloze.runtime.TrainingOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks for capitals: of all words of the model, and of the capitals in its files, some of which are several words; then has P-tuning
 * find virtual tokens to ask with, while the model stays as it is.
 *
 * <p>Its arguments are the folder the tuned prompt is written to, {@code target/country-pipeline} without one, and the number of
 * training steps, 200 without one.
 */
public final class CapitalsExample {

    private static final int VIRTUAL_TOKENS = 6;
    private static final int DEV = 16;

    private final PrintStream out;
    private final List<Answered<Country>> train;
    private final List<Answered<Country>> test;
    private final List<String> capitals;

    private CapitalsExample(PrintStream out) throws IOException {
        this.out = out;
        this.train = CapitalFile.read("train.tsv");
        this.test = CapitalFile.read("test.tsv");
        this.capitals = Stream.of(train, test)
                .flatMap(List::stream)
                .map(Answered::answer)
                .toList();
    }

    /**
     * What came of it on the countries to test with, for each the mean reciprocal rank, 0 to 1.
     *
     * @param zeroShot of the untrained model, among all its words
     * @param zeroShotCapitals the same among capitals
     * @param tuned with the trained prompt, among all words
     * @param loadedIsSame whether the pipeline answers the same, to the last bit, after saving and loading
     */
    record Outcome(double zeroShot, double zeroShotCapitals, double tuned, boolean loadedIsSame) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/country-pipeline");
        int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        run(folder, steps, System.out);
    }

    static Outcome run(Path folder, int steps, PrintStream out) throws IOException {
        return new CapitalsExample(out).run(folder, steps);
    }

    private Outcome run(Path folder, int steps) {
        double open;
        double among;
        try (ClozePipeline<Country> zero = CountryPipeline.zeroShot()) {
            open = report("Zero-shot, all words", zero.evaluate(test));
            among = report("Zero-shot, capitals alone", zero.evaluate(test, capitals));
            out.println("France: " + firstThree(zero.predict(new Country("France"), capitals)));
        }
        ClozeTrainer<Country> trainer =
                CountryPipeline.trainer().method(TuningMethod.P_TUNING).options(options -> options(options, steps));
        List<Answered<Country>> known = trainer.answerable(train);
        out.println(known.size() + " of " + train.size() + " capitals to learn from are one token of the model.");
        int half = Math.max(1, known.size() - DEV);
        try (ClozePipeline<Country> tuned = trainer.fit(known.subList(0, half), known.subList(half, known.size()))) {
            double after = report("P-tuned, all words", tuned.evaluate(test));
            List<ClozeAnswer> answers = answers(tuned);
            tuned.save(folder);
            try (ClozePipeline<Country> again = CountryPipeline.load(folder)) {
                boolean same = answers(again).equals(answers);
                out.println("Loaded from " + folder + ", it answers " + (same ? "the same." : "SOMETHING ELSE."));
                return new Outcome(open, among, after, same);
            }
        }
    }

    private static TrainingOptions options(TrainingOptions options, int steps) {
        return options.with(TuningOptions.FREEZE_BACKBONE, true)
                .with(TuningOptions.PROMPT_LENGTH, VIRTUAL_TOKENS)
                .withMaxSteps(steps)
                .withEvaluateEvery(20);
    }

    private List<ClozeAnswer> answers(ClozePipeline<Country> pipeline) {
        return pipeline.predict(test.stream().map(Answered::input).toList());
    }

    private static String firstThree(ClozeAnswer answer) {
        return answer.top(3).stream()
                .map(word -> String.format(Locale.ROOT, "%s %.0f%%", word.word(), 100 * word.probability()))
                .collect(Collectors.joining(", "));
    }

    private double report(String what, ClozeEvaluation measured) {
        out.printf(
                Locale.ROOT,
                "%s: %.1f%% right, %.1f%% among the first ten, mean reciprocal rank %.3f, %d countries%n",
                what,
                100 * measured.precisionAt(1),
                100 * measured.precisionAt(10),
                measured.meanReciprocalRank(),
                measured.n());
        return measured.meanReciprocalRank();
    }
}
