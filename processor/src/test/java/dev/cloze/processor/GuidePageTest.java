package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java of pages of the guide compiles as it stands there: a task, then what is done with it. */
class GuidePageTest {

    private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void thePageOfRegressionCompiles() {
        List<String> snippets = SNIPPET.matcher(Sources.read(Path.of("../docs/guide/regression.md")))
                .results()
                .map((MatchResult snippet) -> snippet.group(1))
                .toList();

        assertThat(snippets).hasSize(2);
        Compilation compilation = Sources.compile(List.of(
                Sources.of("guide.Sentences", "package guide;\nimport dev.cloze.annotations.*;\n" + snippets.get(0)),
                Sources.of(
                        "guide.Use",
                        "package guide;\nimport dev.cloze.runtime.*;\nimport java.nio.file.Path;\n"
                                + "import java.util.List;\nclass Use { void use() {\n" + snippets.get(1) + "}}")));
        assertThat(Printed.of(compilation)).isEmpty();
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(compilation.generatedSourceFiles()).hasSize(1);
    }
}
