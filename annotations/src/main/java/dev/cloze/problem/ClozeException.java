package dev.cloze.problem;

/** Says what is wrong, by code: the message opens with {@code [Code]} and names the cure. */
public class ClozeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String details;

    /** The first line of the details stands alone as a sentence; see {@link Problem#message}. */
    public ClozeException(Problem problem, String details) {
        super(problem.message(details));
        this.problem = problem;
        this.details = details;
    }

    /** As above, with the failure beneath. */
    public ClozeException(Problem problem, String details, Throwable cause) {
        super(problem.message(details), cause);
        this.problem = problem;
        this.details = details;
    }

    /** The message without its code and its page. */
    public String details() {
        return details;
    }

    /** Which problem it is. */
    public Problem problem() {
        return problem;
    }
}
