package dev.cloze.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every heading that a page links is on the page it is said to be on. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)#([^)]+)\\)");

    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static final Pattern NAMED = Pattern.compile("<a id=\"([^\"]+)\"");

    @Test
    void everyLinkToAHeadingLeadsToOne() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of(""))) {
            List<Link> links = Stream.concat(
                            Stream.of("../README.md", "../CONTRIBUTING.md", "../CHANGELOG.md")
                                    .map(Path::of),
                            docs.filter(page -> !page.startsWith("target")))
                    .filter(LinksTest::isPage)
                    .flatMap(LinksTest::links)
                    .filter(link -> isPage(link.target()))
                    .toList();
            assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(headings(link.target()))
                    .contains(link.heading()));
        }
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    private static Stream<Link> links(Path page) {
        return LINK.matcher(read(page)).results().map(link -> {
            Path target = link.group(1).isEmpty()
                    ? page
                    : page.resolveSibling(link.group(1)).normalize();
            return new Link(page, target, link.group(2));
        });
    }

    /** As GitHub names them, and those that are named by hand. */
    private static Set<String> headings(Path page) {
        String text = read(page);
        return Stream.concat(
                        NAMED.matcher(text).results().map(name -> name.group(1)),
                        HEADING.matcher(CODE.matcher(text).replaceAll(""))
                                .results()
                                .map(heading -> name(heading.group(1))))
                .collect(Collectors.toSet());
    }

    private static String name(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A link on a page to a heading of a page. */
    private record Link(Path page, Path target, String heading) {}
}
