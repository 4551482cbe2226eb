package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.List;

/** The reviews with a word to be said of each instead of labels, declared as generated code declares it. */
public final class Gaps {

    private Gaps() {}

    /** Of all words of the model. */
    public static ClozeTask.Builder<Review> open(String template) {
        return ClozeTask.of(Review.class)
                .template(template)
                .placeholder("text", Review::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"));
    }

    /** Of three words. */
    public static ClozeTask.Builder<Review> builder() {
        return open("{text} It was {mask}.").candidates("great", "poor", "terrible");
    }

    /** Eight that are great and eight that are terrible, in turn. */
    public static List<Answered<Review>> examples() {
        return Reviews.examples().stream()
                .map(review ->
                        new Answered<>(review.input(), review.label() == Sentiment.POSITIVE ? "great" : "terrible"))
                .toList();
    }
}
