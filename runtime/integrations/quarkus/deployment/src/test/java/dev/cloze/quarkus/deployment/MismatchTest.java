package dev.cloze.quarkus.deployment;

import dev.cloze.problem.Problem;
import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An archive beside the application that is of another template fails its start. */
class MismatchTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> Applications.withReviews(application))
            .overrideRuntimeConfigKey(
                    "quarkus.cloze.tasks.review.archive",
                    Applications.tunedOtherwise().toString())
            .assertException(Refusals.of(Problem.ARCHIVE_MISMATCH, "All in all", "quarkus.cloze.tasks.review.archive"));

    @Test
    void theStartFails() {
        Refusals.requireNone();
    }
}
