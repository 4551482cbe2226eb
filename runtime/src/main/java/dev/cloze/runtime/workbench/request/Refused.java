package dev.cloze.runtime.workbench.request;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Map;

/** A request that is not answered, with the status and the headers that say so. */
public final class Refused extends ClozeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    private Refused(int status, Map<String, String> headers, Problem problem, String details) {
        super(problem, details);
        this.status = status;
        this.headers = headers;
    }

    /** 400: it can't be understood. */
    public static Refused unreadable(String details) {
        return new Refused(400, Map.of(), Problem.REQUEST_UNREADABLE, details);
    }

    /** 413: there is more of it than is taken. */
    public static Refused tooLarge(String details) {
        return new Refused(413, Map.of(), Problem.REQUEST_TOO_LARGE, details);
    }

    /** 408: it has not come as a whole in the time that it may take. */
    public static Refused tooSlow(String details) {
        return new Refused(408, Map.of(), Problem.REQUEST_TOO_SLOW, details);
    }

    /** 401: nobody knows who asks. */
    public static Refused unknownSender(String details) {
        return new Refused(401, Map.of("WWW-Authenticate", "Bearer"), Problem.REQUEST_FORBIDDEN, details);
    }

    /** 403: a page of another site asks. */
    public static Refused foreignPage(String details) {
        return new Refused(403, Map.of(), Problem.REQUEST_FORBIDDEN, details);
    }

    /** 421: it is for another host. */
    public static Refused otherHost(String details) {
        return new Refused(421, Map.of(), Problem.REQUEST_FORBIDDEN, details);
    }

    /** 404: there is no such thing. */
    public static Refused noPath(String details) {
        return new Refused(404, Map.of(), Problem.REQUEST_UNKNOWN, details);
    }

    /** 404: there is no such task. */
    public static Refused noTask(String details) {
        return new Refused(404, Map.of(), Problem.CONFIG_TASK_UNKNOWN, details);
    }

    /** 405: not by this method. */
    public static Refused method(String allowed, String details) {
        return new Refused(405, Map.of("Allow", allowed), Problem.REQUEST_UNKNOWN, details);
    }

    /** 415: it is written in another way. */
    public static Refused mediaType(String details) {
        return new Refused(415, Map.of(), Problem.REQUEST_UNKNOWN, details);
    }

    /** 429: more wait than may. */
    public static Refused overloaded(String details) {
        return new Refused(429, Map.of("Retry-After", "1"), Problem.SERVING_OVERLOADED, details);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
