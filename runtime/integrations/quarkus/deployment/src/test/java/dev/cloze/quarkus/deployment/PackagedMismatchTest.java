package dev.cloze.quarkus.deployment;

import dev.cloze.problem.Problem;
import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An archive that is packaged and of another template fails the build. */
class PackagedMismatchTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> {
                Applications.withReviews(application);
                Applications.withArchive(application, Applications.tunedOtherwise(), "archives/review");
            })
            .overrideConfigKey("quarkus.cloze.tasks.review.packaged", "archives/review")
            .assertException(Refusals.of(
                    Problem.ARCHIVE_MISMATCH,
                    "packaged for the task review",
                    "All in all",
                    "quarkus.cloze.tasks.review.packaged"));

    @Test
    void theBuildFails() {
        Refusals.requireNone();
    }
}
