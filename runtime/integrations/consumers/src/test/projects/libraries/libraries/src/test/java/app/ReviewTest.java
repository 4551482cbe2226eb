package app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import org.junit.jupiter.api.Test;

class ReviewTest {

    @Test
    void itPredicts() {
        try (PromptPipeline<Review, Sentiment> pipeline = ReviewPipeline.zeroShot()) {
            Prediction<Sentiment> prediction = pipeline.predict(Reviews.ALL.of(new Draft("A wonderful film.", new Author("Ada"))));
            assertEquals(2, prediction.probabilities().size());
            assertEquals(1, prediction.probabilities().values().stream().mapToDouble(share -> share).sum(), 1e-5);
        }
    }
}
