package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles each case under {@code bad/CODE} and compares what javac prints with the {@code .txt} beside it: message,
 * file, line, and the caret under the very value. A case is a file, or a folder of files.
 */
class BadTaskTest {

    private static final Path BAD = Sources.FOLDER.resolve("bad");

    @ParameterizedTest
    @MethodSource("cases")
    void isReportedAtItsPlace(Path task) throws IOException {
        Compilation compilation = Sources.compile(Sources.of(BAD.resolve(task)), Sources.options(BAD.resolve(task)));
        String printed = Printed.of(compilation);
        String code = task.getName(0).toString();

        assertThat(printed).as("every case shows the code of its folder").contains(": [" + code + "] ");
        assertThat(printed).isEqualTo(Sources.golden(expected(BAD.resolve(task)), printed));
        boolean error = printed.contains(": error: ");
        assertThat(compilation.status()).isEqualTo(error ? Compilation.Status.FAILURE : Compilation.Status.SUCCESS);
    }

    static List<Path> cases() throws IOException {
        List<Path> cases = new ArrayList<>();
        for (Problem problem : Problem.ofCompiler()) {
            if (problem != Problem.INTERNAL_ERROR) {
                try (Stream<Path> files = Files.list(BAD.resolve(problem.code()))) {
                    files.filter(file -> !file.toString().endsWith(".txt"))
                            .sorted()
                            .forEach(cases::add);
                }
            }
        }
        return cases.stream().map(BAD::relativize).toList();
    }

    private static Path expected(Path task) {
        return Path.of(task.toString().replaceFirst("(\\.java)?$", ".txt"));
    }
}
