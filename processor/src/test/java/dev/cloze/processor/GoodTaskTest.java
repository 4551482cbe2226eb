package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles each file under {@code good/} and compares the generated pipeline with the one under {@code expected/}. */
class GoodTaskTest {

    private static final Path GOOD = Sources.FOLDER.resolve("good");

    @ParameterizedTest
    @MethodSource("tasks")
    void isWrittenAsAPersonWouldHave(Path task) {
        List<String> options = new ArrayList<>(List.of(Sources.options(GOOD.resolve(task))));
        options.addAll(List.of("-Xlint:all,-processing", "-Xdoclint:all,-missing", "-Werror"));
        Compilation compilation = Sources.compile(Sources.of(GOOD.resolve(task)), options.toArray(String[]::new));

        assertThat(Printed.of(compilation)).isEmpty();
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(compilation.generatedSourceFiles()).isNotEmpty();
        for (JavaFileObject pipeline : compilation.generatedSourceFiles()) {
            Path expected = Sources.FOLDER
                    .resolve("expected")
                    .resolve(Path.of(pipeline.toUri().getPath()).getFileName().toString());
            String source = Sources.text(pipeline);
            assertThat(source).isEqualTo(Sources.golden(expected, source));
        }
    }

    static List<Path> tasks() {
        return Sources.javaFilesIn(GOOD).stream().map(GOOD::relativize).toList();
    }
}
