package dev.cloze.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages whose blocks of Java are the sources of an example, which compiles and is tested for itself. */
class ExamplePagesTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");

    @ParameterizedTest
    @CsvSource({"spring-boot.md, spring-boot-app", "quarkus.md, quarkus-app"})
    void aPageShowsWhatItsExampleIsMadeOf(String page, String example) throws IOException {
        String sources = sources(Path.of("../examples", example, "src"));
        List<String> shown = BLOCK.matcher(Files.readString(Path.of("guide", page)))
                .results()
                .map(block -> plain(block.group(1)))
                .toList();
        assertThat(shown).isNotEmpty().allSatisfy(block -> assertThat(sources).contains(block));
    }

    private static String sources(Path folder) throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                sources.append(plain(Files.readString(file)));
            }
        }
        return sources.toString();
    }

    /** Without imports, empty lines and Javadoc of one line. */
    private static String plain(String code) {
        return code.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("/**"))
                .reduce("", (all, line) -> all + line + "\n");
    }
}
