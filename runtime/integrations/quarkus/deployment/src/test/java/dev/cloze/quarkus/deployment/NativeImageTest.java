package dev.cloze.quarkus.deployment;

import dev.cloze.problem.Problem;
import io.quarkus.test.QuarkusUnitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application with pipelines can't be made a native image. */
class NativeImageTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> Applications.withReviews(application))
            .overrideConfigKey("quarkus.native.enabled", "true")
            .overrideConfigKey("quarkus.package.jar.enabled", "false")
            .assertException(Refusals.of(Problem.NATIVE_IMAGE, "native image", "quarkus.cloze.enabled=false"));

    @Test
    void itIsRefusedByName() {
        Refusals.requireNone();
    }
}
