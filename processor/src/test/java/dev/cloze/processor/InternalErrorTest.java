package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.processor.validate.Validator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault of the processor itself is a message on the task, and the other tasks are none the worse for it. */
class InternalErrorTest {

    private static final Path CASE = Sources.FOLDER.resolve("bad/InternalError/Fault.java");

    @Test
    void anUnexpectedExceptionIsReportedOnTheTask() {
        String printed = Printed.of(compile((task, report) -> {
            if (task.name().equals("Fault")) {
                throw new IllegalStateException("the validator broke");
            }
        }));
        String stable =
                printed.replaceAll("(?m)^    at .*\\n", "    at ...\n").replaceAll("(    at \\.\\.\\.\\n)+", "$1");

        assertThat(printed).contains("    at dev.cloze.processor.InternalErrorTest.");
        assertThat(stable)
                .isEqualTo(Sources.golden(CASE.resolveSibling("Fault.txt"), stable))
                .contains("error: [InternalError] ");
    }

    @Test
    void soIsAnEndlessRecursion() {
        assertThat(Printed.of(compile((task, report) -> recur(List.of()))))
                .contains("[InternalError] ", "StackOverflowError");
    }

    @Test
    void soIsAClassThatIsMissing() {
        assertThat(Printed.of(compile((task, report) -> {
                    throw new NoClassDefFoundError("com/example/Gone");
                })))
                .contains("[InternalError] ", "com/example/Gone");
    }

    private static void recur(List<?> deeper) {
        if (!deeper.contains(deeper.size())) {
            recur(List.of(deeper));
        }
    }

    private static Compilation compile(Validator faulty) {
        Compilation compilation = Sources.compile(List.of(new PromptProcessor(List.of(faulty))), Sources.of(CASE));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
        return compilation;
    }
}
