package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.processor.validate.Validator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** A fault of the processor itself is a message on the task, and the other tasks are none the worse for it. */
class InternalErrorTest {

    private static final Path CASE = Sources.FOLDER.resolve("bad/InternalError/Fault.java");
    private static final Path FIELD = Sources.FOLDER.resolve("bad/VerbalizerUnknownLabel/OnAField.java");

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

    @Test
    void soIsAFaultInReadingATask() {
        assertFailsAlone((method, arguments) -> {
            if (method.equals("getAllMembers") && arguments[0].toString().equals("bad.Fault")) {
                throw new IllegalStateException("its members are gone");
            }
        });
    }

    @Test
    void soIsAFaultInWritingItsPipeline() {
        for (Exception thrown :
                List.of(new IllegalStateException("the name is odd"), new IOException("the disk is full"))) {
            assertFailsAlone((method, arguments) -> {
                if (method.equals("createSourceFile") && arguments[0].equals("bad.FaultPipeline")) {
                    throw thrown;
                }
            });
        }
    }

    @Test
    void soIsAFaultInNotingLabelWords() {
        String printed = printed(Sources.of(FIELD), (method, arguments) -> {
            if (method.equals("printMessage") && arguments[1].toString().contains("[VerbalizerUnknownLabel]")) {
                throw new IllegalArgumentException("there is no such place");
            }
        });
        assertThat(printed)
                .contains("OnAField.java:16:19: error: [InternalError] The processor failed on title with "
                        + "java.lang.IllegalArgumentException: there is no such place.")
                .containsOnlyOnce("error: ");
    }

    /** The one task is reported, the other written. */
    private static void assertFailsAlone(FaultyCompiler.Fault fault) {
        List<String> written = new ArrayList<>();
        String printed = printed(Sources.of(CASE), (method, arguments) -> {
            fault.before(method, arguments);
            if (method.equals("createSourceFile")) {
                written.add(arguments[0].toString());
            }
        });
        assertThat(printed)
                .contains("Fault.java:14:1: error: [InternalError] The processor failed on Fault with ")
                .containsOnlyOnce("error: ");
        assertThat(written).containsExactly("bad.SoundPipeline");
    }

    private static String printed(List<JavaFileObject> sources, FaultyCompiler.Fault fault) {
        return Printed.of(Sources.compile(List.of(new FaultyCompiler(fault)), sources));
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
