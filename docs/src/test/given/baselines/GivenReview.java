import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import java.util.ArrayList;
import java.util.List;

class GivenReview {

    static List<Labeled<Review, Sentiment>> train = reviews(8);
    static List<Labeled<Review, Sentiment>> dev = reviews(4);
    static List<Labeled<Review, Sentiment>> test = reviews(6);
    static List<Labeled<Review, Sentiment>> labeled = reviews(64);

    private static List<Labeled<Review, Sentiment>> reviews(int count) {
        List<Labeled<Review, Sentiment>> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(i % 2 == 0
                    ? new Labeled<>(new Review("Fine " + i, "A lovely film of " + count), Sentiment.POSITIVE)
                    : new Labeled<>(new Review("Poor " + i, "A boring mess of " + count), Sentiment.NEGATIVE));
        }
        return made;
    }

    static void use() {
        try (PromptPipeline<Review, Sentiment> tuned = ReviewPipeline.trainer()
                .sharedOptions(options -> options.withMaxSteps(8)) // of which TF_IDF has none
                .fit(train, dev)) {
            tuned.predict(test.get(0).input());
        }
    }
}
