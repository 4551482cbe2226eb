package dev.cloze.quarkus.it;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Asks from a worker, from an event loop, and from a worker that an event loop hands it to. */
@Path("/reviews")
public class ReviewResource {

    private final PromptPipeline<Review, Sentiment> reviews;

    /** Asks these. */
    public ReviewResource(PromptPipeline<Review, Sentiment> reviews) {
        this.reviews = reviews;
    }

    /** From a worker. */
    @POST
    public Map<Sentiment, Double> ask(Review review) {
        return reviews.predict(review).probabilities();
    }

    /** From an event loop, which is refused. */
    @POST
    @Path("event-loop")
    @NonBlocking
    public Map<Sentiment, Double> askOnEventLoop(Review review) {
        return reviews.predict(review).probabilities();
    }

    /** From a worker that gets it from an event loop. */
    @POST
    @Path("handed-over")
    public Uni<Map<Sentiment, Double>> askHandedOver(Review review) {
        return Uni.createFrom()
                .item(() -> reviews.predict(review).probabilities())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** What callers can do something about, and what a developer has to. */
    @ServerExceptionMapper
    public Response refused(ClozeException e) {
        int status = e.problem() == Problem.INPUT_NULL ? 400 : e.problem() == Problem.SERVING_OVERLOADED ? 503 : 500;
        return Response.status(status).entity(e.getMessage()).build();
    }
}
