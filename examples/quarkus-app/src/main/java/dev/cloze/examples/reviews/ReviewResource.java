package dev.cloze.examples.reviews;

import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Says what a review says. */
@Path("/reviews")
public class ReviewResource {

    private final PromptPipeline<Review, Sentiment> sentiments;

    ReviewResource(PromptPipeline<Review, Sentiment> sentiments) {
        this.sentiments = sentiments;
    }

    /** An answer: the label, and how probable it is, 0 to 1. */
    public record Answer(Sentiment label, double probability) {}

    @POST
    public Answer ask(Review review) {
        Prediction<Sentiment> prediction = sentiments.predict(review);
        return new Answer(prediction.label(), prediction.probability());
    }
}
