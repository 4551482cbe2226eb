package dev.cloze.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the repository's pages promise, held against the files they speak of. */
class RepositoryPagesTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

    private static final Pattern GRADLE_DEPENDENCY = Pattern.compile("(\\w+)\\(\"([^\"]+)\"\\)");

    private final Path root = root();

    @Test
    void theContinuousBuildRunsTheTestCommandOfTheReadme() throws IOException {
        List<String> lines = Files.readAllLines(root.resolve(".ci/run"));
        String command = lines.get(lines.size() - 1).replaceFirst("^exec ", "");

        assertThat(Files.readAllLines(root.resolve("README.md"))).contains(command);
    }

    @Test
    void theSnippetsNameTheVersionsOfTheBuild() throws Exception {
        String version = property("version");
        String jni = property("libtorch.version") + "-" + property("djl.version");
        Element maven = maven();

        assertThat(coordinates(maven, "dependency"))
                .containsExactly(
                        "dev.cloze:cloze-runtime:" + version,
                        "dev.cloze:cloze-model-default:" + version,
                        "ai.djl.pytorch:pytorch-jni:" + jni,
                        "ai.djl.pytorch:pytorch-native-cpu:" + property("libtorch.version") + ":linux-x86_64",
                        "org.slf4j:slf4j-simple:" + property("slf4j.version"));
        assertThat(coordinates(maven, "plugin"))
                .containsExactly("org.apache.maven.plugins:maven-compiler-plugin:" + compilerPlugin());
        assertThat(text(maven, "release")).isEqualTo(property("maven.compiler.release"));
        assertThat(GRADLE_DEPENDENCY
                        .matcher(snippet("kotlin"))
                        .results()
                        .map(line -> line.group(1) + " " + line.group(2)))
                .containsExactly(
                        "implementation dev.cloze:cloze-runtime:" + version,
                        "annotationProcessor dev.cloze:cloze-processor:" + version,
                        "annotationProcessor dev.cloze:cloze-model-default:" + version,
                        "runtimeOnly dev.cloze:cloze-model-default:" + version,
                        "runtimeOnly ai.djl.pytorch:pytorch-jni:" + jni,
                        "runtimeOnly ai.djl.pytorch:pytorch-native-cpu:" + property("libtorch.version")
                                + ":linux-x86_64",
                        "runtimeOnly org.slf4j:slf4j-simple:" + property("slf4j.version"));
    }

    @Test
    void theProcessorAndTheModelAreOnTheProcessorPathOfTheSnippet() throws Exception {
        NodeList paths = maven().getElementsByTagName("annotationProcessorPaths");

        assertThat(paths.getLength()).isEqualTo(1);
        assertThat(coordinates((Element) paths.item(0), "path"))
                .containsExactly(
                        "dev.cloze:cloze-processor:" + property("version"),
                        "dev.cloze:cloze-model-default:" + property("version"));
    }

    /** The readme's snippet for Maven, which is two elements of a {@code pom.xml}. */
    private Element maven() throws Exception {
        return parsed("<project>" + snippet("xml") + "</project>");
    }

    private String snippet(String language) {
        Matcher snippet = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(read(root.resolve("README.md")));
        assertThat(snippet.find()).as("a snippet of %s", language).isTrue();
        return snippet.group(1);
    }

    private String compilerPlugin() throws Exception {
        return coordinates(parsed(read(root.resolve("pom.xml"))), "plugin").stream()
                .map(plugin -> plugin.split(":", -1))
                .filter(plugin -> plugin.length == 3 && plugin[1].equals("maven-compiler-plugin"))
                .map(plugin -> plugin[2])
                .findFirst()
                .orElseThrow();
    }

    private static Element parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    /** {@code group:artifact}, and version and classifier where they are written, of each element of that name. */
    private static List<String> coordinates(Element parent, String name) {
        NodeList elements = parent.getElementsByTagName(name);
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> (Element) elements.item(i))
                .map(element -> Stream.of("groupId", "artifactId", "version", "classifier")
                        .map(part -> text(element, part))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(":")))
                .toList();
    }

    private static String text(Element parent, String child) {
        NodeList children = parent.getElementsByTagName(child);
        return children.getLength() == 0 ? "" : children.item(0).getTextContent();
    }

    /** Git for Windows writes other line ends otherwise, and a tokenizer's hash is of its bytes. */
    @Test
    void noCheckoutChangesLineEnds() throws IOException {
        assertThat(Files.readAllLines(root.resolve(".gitattributes"))).contains("* -text");
    }

    @Test
    void everyFrameworksPageShowsTheProcessorPath() throws Exception {
        for (String page : List.of("spring-boot.md", "quarkus.md")) {
            assertThat(coordinates(parsed(snippet("docs/guide/" + page, "<annotationProcessorPaths>")), "path"))
                    .as(page)
                    .containsExactly(
                            "dev.cloze:cloze-processor:" + property("version"),
                            "dev.cloze:cloze-model-default:" + property("version"));
        }
    }

    /** The block of XML that begins so. */
    private String snippet(String page, String beginning) {
        Matcher snippet =
                Pattern.compile("(?s)```xml\n(" + beginning + ".*?)```").matcher(read(root.resolve(page)));
        assertThat(snippet.find()).as("a snippet of %s in %s", beginning, page).isTrue();
        return snippet.group(1);
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

    private String property(String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(read(root.resolve("pom.xml")));
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
