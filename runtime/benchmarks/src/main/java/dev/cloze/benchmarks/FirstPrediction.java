package dev.cloze.benchmarks;

import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.PromptPipeline;

/** The shortest ordinary program: opens the quick model, predicts one label, prints it. */
final class FirstPrediction {

    static final String TEXT = "A warm, funny film with a lovely cast.";

    private FirstPrediction() {}

    public static void main(String[] arguments) {
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.zeroShot(Inputs.task("cloze-tiny-en"))) {
            System.out.println(pipeline.predict(new Review(TEXT)));
        }
    }
}
