package dev.cloze.quarkus.deployment;

import dev.cloze.problem.Problem;
import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A setting of a task that there is not fails the build, with the nearest name. */
class UnknownTaskTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> Applications.withReviews(application))
            .overrideConfigKey("quarkus.cloze.tasks.reviw.enabled", "false")
            .assertException(Refusals.of(Problem.CONFIG_TASK_UNKNOWN, "no task reviw", "Did you mean \"review\"?"));

    @Test
    void theBuildFails() {
        Refusals.requireNone();
    }
}
