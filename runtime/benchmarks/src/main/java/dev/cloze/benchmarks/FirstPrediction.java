package dev.cloze.benchmarks;

import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.PromptPipeline;
import java.io.IOException;

/** The shortest ordinary program: {@code FirstPrediction MODEL ENDING} opens a model, predicts one label, prints it. */
final class FirstPrediction {

    static final String TEXT = "A warm, funny film with a lovely cast.";

    private FirstPrediction() {}

    public static void main(String[] arguments) throws IOException {
        try (PromptPipeline<Review, Sentiment> pipeline =
                PromptPipeline.zeroShot(Inputs.task(arguments[0], arguments[1]))) {
            System.out.println(pipeline.predict(new Review(TEXT)));
            SelfReport.print(ProcessorTime.seconds());
        }
    }
}
