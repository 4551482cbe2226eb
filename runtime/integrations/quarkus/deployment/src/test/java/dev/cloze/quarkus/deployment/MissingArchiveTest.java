package dev.cloze.quarkus.deployment;

import dev.cloze.problem.Problem;
import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A task of which nothing says where its pipeline comes from fails the start. */
class MissingArchiveTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> Applications.withReviews(application))
            .assertException(Refusals.of(
                    Problem.CONFIG_ARCHIVE_MISSING,
                    "quarkus.cloze.tasks.review.archive",
                    "quarkus.cloze.tasks.review.zero-shot=true",
                    "quarkus.cloze.tasks.review.enabled"));

    @Test
    void theStartFails() {
        Refusals.requireNone();
    }
}
