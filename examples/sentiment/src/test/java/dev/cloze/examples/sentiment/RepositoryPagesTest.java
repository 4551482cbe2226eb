package dev.cloze.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the repository's pages promise, held against the files they speak of. */
class RepositoryPagesTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

    private final Path root = root();

    @Test
    void theContinuousBuildRunsTheTestCommandOfTheReadme() throws IOException {
        List<String> lines = Files.readAllLines(root.resolve(".ci/run"));
        String command = lines.get(lines.size() - 1).replaceFirst("^exec ", "");

        assertThat(Files.readAllLines(root.resolve("README.md"))).contains(command);
    }

    @Test
    void theSnippetsNameTheVersionsOfTheBuild() throws IOException {
        String readme = Files.readString(root.resolve("README.md"));
        String pom = Files.readString(root.resolve("pom.xml"));
        String libtorch = property(pom, "libtorch.version");

        assertThat(readme)
                .contains("cloze-runtime:" + property(pom, "version"))
                .contains("pytorch-jni:" + libtorch + "-" + property(pom, "djl.version"))
                .contains("pytorch-native-cpu:" + libtorch + ":");
    }

    @Test
    void everyLinkToAFileLeadsToOne() throws IOException {
        try (Stream<Path> pages = Stream.concat(
                Stream.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md"), root.resolve("CHANGELOG.md")),
                Files.walk(root.resolve("docs")).filter(page -> page.toString().endsWith(".md")))) {
            assertThat(pages.flatMap(RepositoryPagesTest::links)
                            .filter(link -> !link.toString().contains("NNNN")))
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(link).exists());
        }
    }

    private static Stream<Path> links(Path page) {
        return LINK.matcher(read(page)).results().map(link -> page.resolveSibling(link.group(1))
                .normalize());
    }

    private static String property(String pom, String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
        assertThat(matcher.find()).as("<%s> in pom.xml", name).isTrue();
        return matcher.group(1);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the Maven wrapper, above the one the tests run in. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no folder with mvnw above this one");
        }
        return folder;
    }
}
