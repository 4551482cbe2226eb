package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.List;

/** The reviews with numbers from 0 to 5 instead of labels, declared as generated code declares it. */
public final class Ratings {

    public static final RegressionTask<Review> TASK = builder().build();

    private Ratings() {}

    public static RegressionTask.Builder<Review> builder() {
        return asked("{text} It was {mask}.");
    }

    /** The same in other words. */
    public static RegressionTask.Builder<Review> asked(String template) {
        return RegressionTask.of(Review.class)
                .template(template)
                .placeholder("text", Review::text)
                .scale(0, 5, "terrible", "great")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"));
    }

    /** Eight good ones from 2.75 to 4.85 and eight bad ones from 0 to 2.1, in turn. */
    public static List<Rated<Review>> examples() {
        List<Rated<Review>> examples = new ArrayList<>();
        for (Labeled<Review, Sentiment> review : Reviews.examples()) {
            double within = 0.3 * (examples.size() / 2);
            examples.add(new Rated<>(review.input(), review.label() == Sentiment.POSITIVE ? 2.75 + within : within));
        }
        return examples;
    }
}
