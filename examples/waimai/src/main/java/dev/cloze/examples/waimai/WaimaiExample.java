package dev.cloze.examples.waimai;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.FewShotSampler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Classifies Chinese reviews of delivered meals before any training and after sixteen examples a label.
 *
 * <p>Its one argument is the folder the tuned pipeline is written to; {@code target/delivery-pipeline} without one.
 */
public final class WaimaiExample {

    private static final int EXAMPLES_A_LABEL = 16;
    private static final long SEED = 13;
    private static final List<Delivery> NEW_REVIEWS = List.of(
            new Delivery("刚出锅的锅贴又香又脆，送得也快。"), new Delivery("菜是凉的，肉有怪味，再也不点了。"), new Delivery("老板多送了一碗绿豆汤，解暑又清甜。"));

    private final PrintStream out;

    private WaimaiExample(PrintStream out) {
        this.out = out;
    }

    /** The accuracy on the test reviews, before and after training, 0 to 1. */
    record Outcome(double zeroShot, double tuned) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/delivery-pipeline");
        run(folder, new PrintStream(new FileOutputStream(FileDescriptor.out), true, console()));
    }

    /** UTF-8, which {@code System.out} need not be under {@code LC_ALL=C}; on Windows the console's own. */
    private static Charset console() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        String named = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", "UTF-8"));
        return windows ? Charset.forName(named) : StandardCharsets.UTF_8;
    }

    static Outcome run(Path folder, PrintStream out) throws IOException {
        return new WaimaiExample(out).run(folder);
    }

    private Outcome run(Path folder) throws IOException {
        var split = FewShotSampler.split(DeliveryFile.read("train.tsv"), Labeled::label, EXAMPLES_A_LABEL, SEED);
        List<Labeled<Delivery, Opinion>> test = DeliveryFile.read("test.tsv");

        double zeroShot;
        try (PromptPipeline<Delivery, Opinion> pipeline = DeliveryPipeline.zeroShot()) {
            zeroShot = report("Zero-shot, no training at all", pipeline, test);
        }
        double tuned;
        try (PromptPipeline<Delivery, Opinion> pipeline = DeliveryPipeline.trainer()
                .options(options -> options.withEvaluateEvery(20))
                .fit(split.train(), split.dev())) {
            tuned = report("Tuned on " + split.train().size() + " reviews", pipeline, test);
            pipeline.save(folder);
        }
        out.println("Written to " + folder.toAbsolutePath());
        return new Outcome(zeroShot, tuned);
    }

    private double report(
            String what, PromptPipeline<Delivery, Opinion> pipeline, List<Labeled<Delivery, Opinion>> test) {
        double accuracy = pipeline.evaluate(test).accuracy();
        out.printf(Locale.ROOT, "%s: accuracy %.1f%% on %d reviews%n", what, 100 * accuracy, test.size());
        NEW_REVIEWS.forEach(review -> print(pipeline.predict(review), review));
        out.println();
        return accuracy;
    }

    private void print(Prediction<Opinion> prediction, Delivery review) {
        String words = prediction.words().stream()
                .map(word -> String.format(Locale.ROOT, "%s %.2f%%", word.word(), 100 * word.probability()))
                .collect(Collectors.joining(", "));
        out.printf(
                Locale.ROOT,
                "  %s%n    %s (%.0f%%); expected at the masks: %s%n",
                review.text(),
                prediction.label(),
                100 * prediction.probability(),
                words);
    }
}
