package dev.cloze.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.cloze.problem.Problem;
import java.util.function.Consumer;

/** Applications that can't be built or started. */
final class Refusals {

    private Refusals() {}

    /** The failure has the code in what it says, and all of these. */
    static Consumer<Throwable> of(Problem problem, String... parts) {
        return failure -> {
            Throwable cause = failure;
            while (cause != null && !String.valueOf(cause.getMessage()).startsWith("[" + problem.code() + "]")) {
                cause = cause.getCause();
            }
            assertThat(cause).as("in %s", failure).isNotNull();
            assertThat(cause).hasMessageContainingAll(parts);
        };
    }

    /** To be called by a test that is not to be reached. */
    static void requireNone() {
        fail("The application was to be refused, and has started.");
    }
}
