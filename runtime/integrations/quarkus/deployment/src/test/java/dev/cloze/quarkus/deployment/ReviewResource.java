package dev.cloze.quarkus.deployment;

import dev.cloze.quarkus.deployment.tasks.Review;
import dev.cloze.quarkus.deployment.tasks.Sentiment;
import dev.cloze.runtime.PromptPipeline;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** What a developer changes. */
@Path("/reviews")
public class ReviewResource {

    private final PromptPipeline<Review, Sentiment> reviews;

    /** Asks these. */
    public ReviewResource(PromptPipeline<Review, Sentiment> reviews) {
        this.reviews = reviews;
    }

    /** What a review says. */
    @POST
    public String ask(String text) {
        return "1: " + reviews.predict(new Review(text)).probabilities();
    }
}
