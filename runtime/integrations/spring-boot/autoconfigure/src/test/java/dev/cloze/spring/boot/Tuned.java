package dev.cloze.spring.boot;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.spring.boot.tasks.Review;
import dev.cloze.spring.boot.tasks.ReviewPipeline;
import dev.cloze.spring.boot.tasks.Sentiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Archives of the review task, each tuned by some steps. */
final class Tuned {

    /** What the tests ask. */
    static final Review REVIEW = new Review("A warm, funny film.");

    private Tuned() {}

    /** Saves another one in the folder, of a prompt that other seeds make, and says what it answers to {@link #REVIEW}. */
    static double save(Path folder, long seed) {
        try (PromptPipeline<Review, Sentiment> tuned = ReviewPipeline.trainer()
                .method(TuningMethod.PROMPT_TUNING)
                .options(options -> options.withSeed(seed))
                .fit(List.of(
                        new Labeled<>(new Review("Lovely."), Sentiment.POSITIVE),
                        new Labeled<>(new Review("Dreadful."), Sentiment.NEGATIVE)))) {
            tuned.save(folder);
            return Objects.requireNonNull(tuned.predict(REVIEW).probabilities().get(Sentiment.POSITIVE));
        }
    }
}
