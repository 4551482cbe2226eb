package dev.cloze.examples.shop;

import dev.cloze.problem.ClozeException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells callers what they can do something about: RFC 9457 problems with the codes of Cloze. */
@RestControllerAdvice
class Problems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> of(ClozeException e) {
        HttpStatus status =
                switch (e.problem()) {
                    case INPUT_NULL, INPUT_TOO_LONG -> HttpStatus.BAD_REQUEST;
                    case SERVING_OVERLOADED, SERVING_DEADLINE, PIPELINE_CLOSED -> HttpStatus.SERVICE_UNAVAILABLE;
                    default -> throw e;
                };
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, e.details());
        problem.setTitle(e.problem().code());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer.body(problem);
    }
}
