package dev.cloze.examples.prefix;

import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextPipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Teaches a decoder to tell facts by a prefix, keys and values in every layer, while the decoder stays as it is.
 *
 * <p>Its arguments are the folder the prefix is written to, {@code target/prefix-pipeline} without one, and the number of training
 * steps, those of the task without one.
 */
public final class PrefixExample {

    private static final int TESTED = 40;
    private static final int SHOWN = 3;
    private static final int LONGEST = 64;

    private final PrintStream out;

    private PrefixExample(PrintStream out) {
        this.out = out;
    }

    /**
     * What came of it.
     *
     * @param pretrained how well the model tells the test places behind a prefix that is as it was drawn, but for one step at a rate
     *     of 1e-9
     * @param tuned and behind the trained prefix
     * @param bytes of the prefix on disk
     * @param loadedIsSame whether it writes the same after saving and loading
     */
    record Outcome(TextEvaluation pretrained, TextEvaluation tuned, long bytes, boolean loadedIsSame) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/prefix-pipeline");
        run(folder, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0, System.out);
    }

    /** @param steps of training; 0 for those that the task says */
    static Outcome run(Path folder, int steps, PrintStream out) throws IOException {
        return new PrefixExample(out).run(folder, steps);
    }

    private Outcome run(Path folder, int steps) throws IOException {
        List<TextPair<Place>> train = PlaceFile.read("train.tsv");
        List<TextPair<Place>> test = PlaceFile.read("test.tsv").subList(0, TESTED);
        TextEvaluation before;
        try (TextPipeline<Place> pipeline = PlacePipeline.trainer()
                .options(options -> options.withMaxSteps(1).withLearningRate(1e-9))
                .fit(train)) {
            before = report("With a prefix that has learnt nothing", pipeline, test);
        }
        try (TextPipeline<Place> pipeline = PlacePipeline.trainer()
                .options(options -> steps == 0 ? options : options.withMaxSteps(steps))
                .fit(train)) {
            TextEvaluation after = report("With one that has read " + train.size() + " sentences", pipeline, test);
            pipeline.save(folder);
            long bytes = Files.size(folder.resolve("tuned.safetensors"));
            out.println("The prefix has " + bytes + " bytes; the model's own weights are as they were.");
            Place place = test.get(0).input();
            try (TextPipeline<Place> again = PlacePipeline.load(folder)) {
                boolean same = again.generate(place).equals(pipeline.generate(place));
                out.println("Loaded from " + folder + ", it writes " + (same ? "the same." : "SOMETHING ELSE."));
                return new Outcome(before, after, bytes, same);
            }
        }
    }

    private TextEvaluation report(String what, TextPipeline<Place> pipeline, List<TextPair<Place>> test) {
        TextPipeline<Place> brief = pipeline.withOptions(options -> options.withMaxTokens(LONGEST));
        TextEvaluation evaluation = brief.evaluate(test);
        out.println(what + ": " + evaluation);
        for (TextPair<Place> pair : test.subList(0, SHOWN)) {
            out.println("  " + pair.input().name() + ", " + pair.input().food());
            out.println("    " + brief.generate(pair.input()));
        }
        out.println();
        return evaluation;
    }
}
