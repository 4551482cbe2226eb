package dev.cloze.examples.topics;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Sorts messages by topic: with all templates and no training, tuned by the first template alone, and by PET, whose four models
 * label a hundred messages for one classifier.
 *
 * <p>Its arguments are the folder the classifier is written to, {@code target/message-pipeline} without one, and how many
 * steps each of the four models and the classifier are trained, 60 and 200 without numbers.
 */
public final class TopicsExample {

    private static final int EXAMPLES_A_LABEL = 6;
    private static final long SEED = 13;

    private final PrintStream out;
    private final FewShotSplit<Labeled<Message, Topic>> split =
            FewShotSampler.split(MessageFiles.labeled("train.tsv"), Labeled::label, EXAMPLES_A_LABEL, SEED);
    private final List<Labeled<Message, Topic>> test = MessageFiles.labeled("test.tsv");

    private TopicsExample(PrintStream out) {
        this.out = out;
    }

    /**
     * What came of it: accuracies on the test messages, 0 to 1.
     *
     * @param zeroShot of the untrained model, asked with all four templates
     * @param single of prompt fine-tuning with the first template
     * @param pet of the classifier
     * @param loadedIsSame whether the classifier predicts the same, to the last bit, after saving and loading
     */
    record Outcome(double zeroShot, double single, double pet, boolean loadedIsSame) {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/message-pipeline");
        int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        int classifierSteps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
        run(folder, steps, classifierSteps, System.out);
    }

    static Outcome run(Path folder, int steps, int classifierSteps, PrintStream out) {
        return new TopicsExample(out).run(folder, steps, classifierSteps);
    }

    private Outcome run(Path folder, int steps, int classifierSteps) {
        double zeroShot;
        try (PromptPipeline<Message, Topic> pipeline = MessagePipeline.zeroShot()) {
            zeroShot = report("Zero-shot, four templates", pipeline);
        }
        double single;
        try (PromptPipeline<Message, Topic> pipeline = MessagePipeline.trainer()
                .method(TuningMethod.PROMPT_FINE_TUNING)
                .template(0)
                .options(options -> options(options, steps))
                .fit(split.train(), split.dev())) {
            single = report("Tuned with the first template", pipeline);
        }
        double pet;
        List<Prediction<Topic>> before;
        try (PromptPipeline<Message, Topic> pipeline = MessagePipeline.trainer()
                .options(options -> options(options, steps).with(PetOptions.DISTILLATION_STEPS, classifierSteps))
                .fit(split.train(), split.dev(), () -> MessageFiles.unlabeled("unlabeled.txt"))) {
            pet = report("PET", pipeline);
            before = predictions(pipeline);
            pipeline.save(folder);
        }
        try (PromptPipeline<Message, Topic> again = MessagePipeline.load(folder)) {
            boolean same = predictions(again).equals(before);
            out.println("Loaded from " + folder + ", it predicts " + (same ? "the same." : "SOMETHING ELSE."));
            return new Outcome(zeroShot, single, pet, same);
        }
    }

    private static TrainingOptions options(TrainingOptions options, int steps) {
        return options.withMaxSteps(steps).withEvaluateEvery(20);
    }

    private List<Prediction<Topic>> predictions(PromptPipeline<Message, Topic> pipeline) {
        return pipeline.predict(test.stream().map(Labeled::input).toList());
    }

    private double report(String what, PromptPipeline<Message, Topic> pipeline) {
        double accuracy = pipeline.evaluate(test).accuracy();
        out.printf(Locale.ROOT, "%s: accuracy %.1f%% on %d messages%n", what, 100 * accuracy, test.size());
        return accuracy;
    }
}
