package dev.cloze.examples.sentiment;

import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.FewShotSampler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Classifies reviews before any training and after sixteen examples a label, and shows the difference.
 *
 * <p>Its one argument is the folder the tuned pipeline is written to; {@code target/review-pipeline} without one.
 */
public final class SentimentExample {

    private static final int EXAMPLES_A_LABEL = 16;
    private static final long SEED = 13;
    static final List<Review> NEW_REVIEWS = List.of(
            new Review("The soup was delicious and the waiter made us laugh."),
            new Review("The phone broke after two days and nobody answered my letters."),
            new Review("I have seldom seen a film with so much heart."));

    private final PrintStream out;

    private SentimentExample(PrintStream out) {
        this.out = out;
    }

    /**
     * What came of it.
     *
     * @param zeroShot the accuracy on the test reviews before training, 0 to 1
     * @param tuned and after
     * @param loadedIsSame whether the pipeline predicts the same, to the last bit, after saving and loading
     */
    record Outcome(double zeroShot, double tuned, boolean loadedIsSame) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/review-pipeline");
        run(folder, System.out);
    }

    static Outcome run(Path folder, PrintStream out) throws IOException {
        return new SentimentExample(out).run(folder);
    }

    private Outcome run(Path folder) throws IOException {
        var split = FewShotSampler.split(ReviewFile.read("train.tsv"), Labeled::label, EXAMPLES_A_LABEL, SEED);
        List<Labeled<Review, Sentiment>> test = ReviewFile.read("test.tsv");

        double zeroShot;
        try (PromptPipeline<Review, Sentiment> pipeline = ReviewPipeline.zeroShot()) {
            zeroShot = report("Zero-shot, no training at all", pipeline, test);
        }
        double tuned;
        List<Review> reviews = test.stream().map(Labeled::input).toList();
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> pipeline = ReviewPipeline.trainer()
                .options(options -> options.withEvaluateEvery(20))
                .fit(split.train(), split.dev())) {
            tuned = report("Tuned on " + split.train().size() + " reviews", pipeline, test);
            before = pipeline.predict(reviews);
            pipeline.save(folder);
        }
        reportFiles(folder);
        try (PromptPipeline<Review, Sentiment> again = ReviewPipeline.load(folder)) {
            boolean same = again.predict(reviews).equals(before);
            out.printf(
                    Locale.ROOT,
                    "Loaded from there, it predicts %s for the %d reviews as before:%n",
                    same ? "the same" : "SOMETHING ELSE",
                    reviews.size());
            print(again.predict(NEW_REVIEWS.get(0)), NEW_REVIEWS.get(0));
            return new Outcome(zeroShot, tuned, same);
        }
    }

    private double report(
            String what, PromptPipeline<Review, Sentiment> pipeline, List<Labeled<Review, Sentiment>> test) {
        Evaluation<Sentiment> evaluation = pipeline.evaluate(test);
        out.printf(Locale.ROOT, "%s: accuracy %.1f%% on %d reviews%n", what, 100 * evaluation.accuracy(), test.size());
        NEW_REVIEWS.forEach(review -> print(pipeline.predict(review), review));
        out.println();
        return evaluation.accuracy();
    }

    private void print(Prediction<Sentiment> prediction, Review review) {
        String words = prediction.words().stream()
                .limit(3)
                .map(word -> String.format(Locale.ROOT, "%s %.1f%%", word.word(), 100 * word.probability()))
                .collect(Collectors.joining(", "));
        out.printf(
                Locale.ROOT,
                "  %s%n    %s (%.0f%%); expected at the mask: %s%n",
                review.text(),
                prediction.label(),
                100 * prediction.probability(),
                words);
    }

    private void reportFiles(Path folder) throws IOException {
        out.printf(Locale.ROOT, "Written to %s:%n", folder.toAbsolutePath());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                out.printf(Locale.ROOT, "  %-20s %,12d bytes%n", file.getFileName(), Files.size(file));
            }
        }
    }
}
