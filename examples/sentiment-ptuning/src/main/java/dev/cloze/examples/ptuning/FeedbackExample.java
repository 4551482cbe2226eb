package dev.cloze.examples.ptuning;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Finds virtual tokens among the words of a template by P-tuning, on a model that stays as it is, and shows how little is saved.
 *
 * <p>Its arguments are the folder the tuned prompt is written to, {@code target/feedback-pipeline} without one, and the number of
 * training steps, those of the task without one.
 */
public final class FeedbackExample {

    private final PrintStream out;

    private FeedbackExample(PrintStream out) {
        this.out = out;
    }

    /**
     * What came of it.
     *
     * @param learnt the share of the training feedback that is told right after training, 0 to 1
     * @param tuned the same of feedback that it was not trained on
     * @param bytes of the vectors on disk
     * @param loadedIsSame whether the pipeline predicts the same, to the last bit, after saving and loading
     */
    record Outcome(double learnt, double tuned, long bytes, boolean loadedIsSame) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/feedback-pipeline");
        run(folder, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0, System.out);
    }

    /** @param steps of training; 0 for those that the task says */
    static Outcome run(Path folder, int steps, PrintStream out) throws IOException {
        return new FeedbackExample(out).run(folder, steps);
    }

    private Outcome run(Path folder, int steps) throws IOException {
        List<Labeled<Feedback, Mood>> train = FeedbackFile.read("train.tsv");
        List<Labeled<Feedback, Mood>> test = FeedbackFile.read("test.tsv");
        List<Feedback> texts = test.stream().map(Labeled::input).toList();
        try (PromptPipeline<Feedback, Mood> tuned = FeedbackPipeline.trainer()
                .options(options -> steps == 0 ? options : options.withMaxSteps(steps))
                .fit(train)) {
            double learnt = report("On the " + train.size() + " texts it learnt from", tuned, train);
            double measured = report("On " + test.size() + " others", tuned, test);
            List<Prediction<Mood>> before = tuned.predict(texts);
            tuned.save(folder);
            long bytes = Files.size(folder.resolve("tuned.safetensors"));
            out.println(TuningMethod.P_TUNING + " keeps " + bytes + " bytes, the model's own weights none.");
            try (PromptPipeline<Feedback, Mood> again = FeedbackPipeline.load(folder)) {
                boolean same = again.predict(texts).equals(before);
                out.println("Loaded from " + folder + ", it answers " + (same ? "the same." : "SOMETHING ELSE."));
                return new Outcome(learnt, measured, bytes, same);
            }
        }
    }

    private double report(
            String what, PromptPipeline<Feedback, Mood> pipeline, List<Labeled<Feedback, Mood>> examples) {
        Evaluation<Mood> evaluation = pipeline.evaluate(examples);
        out.printf(Locale.ROOT, "%s: %.1f%% right%n", what, 100 * evaluation.accuracy());
        return evaluation.accuracy();
    }
}
