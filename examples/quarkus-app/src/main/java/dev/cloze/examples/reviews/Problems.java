package dev.cloze.examples.reviews;

import dev.cloze.problem.ClozeException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Tells callers what they can do something about: RFC 9457 problems with the codes of Cloze. */
class Problems {

    @ServerExceptionMapper
    Response of(ClozeException e) {
        int status =
                switch (e.problem()) {
                    case INPUT_NULL, INPUT_TOO_LONG -> 400;
                    case SERVING_OVERLOADED, SERVING_DEADLINE, PIPELINE_CLOSED -> 503;
                    default -> throw e;
                };
        Map<String, Object> problem =
                Map.of("status", status, "title", e.problem().code(), "detail", e.details());
        Response.ResponseBuilder answer =
                Response.status(status).type("application/problem+json").entity(problem);
        return status == 503 ? answer.header(HttpHeaders.RETRY_AFTER, 1).build() : answer.build();
    }
}
