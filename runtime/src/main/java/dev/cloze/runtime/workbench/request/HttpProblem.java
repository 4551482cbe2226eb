package dev.cloze.runtime.workbench.request;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure as a client reads it, by RFC 9457.
 *
 * @param status of HTTP
 * @param headers beside those of any answer
 * @param body type, title, status, code and detail
 */
public record HttpProblem(int status, Map<String, String> headers, Map<String, Object> body) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(HttpProblem.class);

    private static final Map<String, String> LATER = Map.of("Retry-After", "1");

    /** The status that a client is told of a failure by; 499 where it has gone before. */
    public static int status(Throwable failure) {
        Throwable cause = beneath(failure);
        if (cause instanceof CancellationException) {
            return 499;
        }
        return cause instanceof Refused refused
                ? refused.status()
                : cause instanceof ClozeException known ? status(known.problem()) : 500;
    }

    private static Throwable beneath(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** What a client is told of a failure; what it has no part in goes to the log. */
    public static HttpProblem of(Throwable failure) {
        Throwable cause = beneath(failure);
        if (cause instanceof Refused refused) {
            return of(refused.status(), refused.headers(), refused.problem(), refused.details());
        }
        if (cause instanceof ClozeException known) {
            int status = status(known.problem());
            if (status != 500) {
                return of(status, status == 429 || status == 503 ? LATER : Map.of(), known.problem(), known.details());
            }
            LOG.warn("A request failed: {}", known.getMessage());
            return of(500, Map.of(), known.problem(), "The server can't answer this. Its log says more.");
        }
        LOG.warn("A request failed in a way nobody expected.", cause);
        return of(
                500,
                Map.of(),
                Problem.INTERNAL_ERROR,
                "The server failed in a way nobody expected. Its log says more.");
    }

    private static HttpProblem of(int status, Map<String, String> headers, Problem problem, String details) {
        String[] lines = details.strip().split("\n", 2);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "tag:cloze.dev,2026:" + problem.code());
        body.put("title", lines[0].strip());
        body.put("status", status);
        body.put("code", problem.code());
        if (lines.length > 1) {
            body.put(
                    "detail",
                    lines[1].lines()
                            .map(String::strip)
                            .reduce((a, b) -> a + "\n" + b)
                            .orElse(""));
        }
        return new HttpProblem(status, headers, body);
    }

    /** What the sender can mend is 4xx, what passes with time 503. */
    private static int status(Problem problem) {
        return switch (problem) {
            case SERVING_OVERLOADED -> 429;
            case SERVING_DEADLINE, SERVING_INTERRUPTED, PIPELINE_CLOSED -> 503;
            case INPUT_NULL,
                    INPUT_TOO_LONG,
                    DATA_UNREADABLE,
                    DATA_LABEL_UNKNOWN,
                    EVALUATION_NO_EXAMPLES,
                    GENERATION_OPTION_OUT_OF_RANGE,
                    GENERATION_EMPTY_PROMPT,
                    GENERATION_NOTHING_ALLOWED -> 422;
            default -> Problem.ofCompiler().contains(problem) && problem != Problem.INTERNAL_ERROR ? 422 : 500;
        };
    }
}
