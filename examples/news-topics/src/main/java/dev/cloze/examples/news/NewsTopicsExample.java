package dev.cloze.examples.news;

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
 * Sorts news items into topics before any training and after sixteen examples a topic, and shows where each goes wrong.
 *
 * <p>Its one argument is the folder the tuned pipeline is written to; {@code target/article-pipeline} without one.
 */
public final class NewsTopicsExample {

    private static final int EXAMPLES_A_LABEL = 16;
    private static final long SEED = 13;
    private static final List<Article> NEW_ARTICLES = List.of(
            new Article("Rockets win at last", "Two goals in extra time ended a run of seven defeats."),
            new Article("Chip maker's shares fall", "Investors had hoped for higher profits and a dividend."),
            new Article("Talks on border resume", "The ministers met for the first time since the fighting in May."));

    private final PrintStream out;

    private NewsTopicsExample(PrintStream out) {
        this.out = out;
    }

    /** The accuracy on the test articles, before and after training, 0 to 1. */
    record Outcome(double zeroShot, double tuned) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/article-pipeline");
        run(folder, System.out);
    }

    static Outcome run(Path folder, PrintStream out) throws IOException {
        return new NewsTopicsExample(out).run(folder);
    }

    private Outcome run(Path folder) throws IOException {
        var split = FewShotSampler.split(ArticleFile.read("train.tsv"), Labeled::label, EXAMPLES_A_LABEL, SEED);
        List<Labeled<Article, Topic>> test = ArticleFile.read("test.tsv");

        double zeroShot;
        try (PromptPipeline<Article, Topic> pipeline = ArticlePipeline.zeroShot()) {
            zeroShot = report("Zero-shot, no training at all", pipeline, test);
        }
        double tuned;
        try (PromptPipeline<Article, Topic> pipeline = ArticlePipeline.trainer()
                .options(options -> options.withEvaluateEvery(20))
                .fit(split.train(), split.dev())) {
            tuned = report("Tuned on " + split.train().size() + " articles", pipeline, test);
            pipeline.save(folder);
        }
        reportFiles(folder);
        return new Outcome(zeroShot, tuned);
    }

    private double report(String what, PromptPipeline<Article, Topic> pipeline, List<Labeled<Article, Topic>> test) {
        Evaluation<Topic> evaluation = pipeline.evaluate(test);
        out.printf(Locale.ROOT, "%s: accuracy %.1f%% on %d articles%n", what, 100 * evaluation.accuracy(), test.size());
        out.println(evaluation);
        NEW_ARTICLES.forEach(article -> print(pipeline.predict(article), article));
        out.println();
        return evaluation.accuracy();
    }

    private void print(Prediction<Topic> prediction, Article article) {
        String words = prediction.words().stream()
                .limit(3)
                .map(word -> String.format(Locale.ROOT, "%s %.1f%%", word.word(), 100 * word.probability()))
                .collect(Collectors.joining(", "));
        out.printf(
                Locale.ROOT,
                "  %s%n    %s (%.0f%%); expected at the mask: %s%n",
                article.title(),
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
