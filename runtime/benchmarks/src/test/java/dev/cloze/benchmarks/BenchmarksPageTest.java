package dev.cloze.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The benchmarks' page names each of their scripts and profiles. */
class BenchmarksPageTest {

    private static final Path PAGE = Path.of("README.md");

    private static final Pattern PROFILE = Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>([^<]+)</id>");

    @Test
    void thePageHasEveryScript() throws IOException {
        String page = Files.readString(PAGE);
        try (Stream<Path> scripts = Files.list(Path.of("src/main/python"))) {
            assertThat(scripts.map(script -> script.getFileName().toString()).filter(name -> name.endsWith(".py")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(page).contains("`" + name));
        }
    }

    @Test
    void thePageHasEveryProfile() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(PROFILE.matcher(Files.readString(Path.of("pom.xml")))
                        .results()
                        .map(profile -> profile.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page).contains("-P" + name));
    }
}
