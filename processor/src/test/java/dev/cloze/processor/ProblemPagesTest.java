package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.processor.report.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A problem is one thing under two names, constant and heading of the page; one of the compiler has a folder of bad tasks. */
class ProblemPagesTest {

    private static final Path PAGE = Path.of("../docs/errors.md");
    private static final Path BAD = Sources.FOLDER.resolve("bad");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (\\w+)$(.*?)(?=^## |\\z)");

    private final Set<String> codes =
            Problem.ofCompiler().stream().map(Problem::code).collect(Collectors.toCollection(TreeSet::new));

    @Test
    void everyProblemHasItsFolderOfBadTasksAndNoFolderIsLeftOver() throws IOException {
        try (Stream<Path> folders = Files.list(BAD)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(codes);
        }
    }

    @Test
    void everyProblemHasItsHeadingAndNoHeadingIsLeftOver() throws IOException {
        List<String> headings =
                sections().stream().map(section -> section.group(1)).toList();
        assertThat(headings)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Problem.values()).map(Problem::code).toList());
    }

    @Test
    void theMessageOnThePageIsOneThatABadTaskShows() throws IOException {
        for (MatchResult section : sections()) {
            if (codes.contains(section.group(1))) {
                assertThat(shown(section.group(1)))
                        .as("the messages of bad/%s", section.group(1))
                        .anySatisfy(message -> assertThat(section.group(2)).contains(message));
            }
        }
    }

    @Test
    void everyProblemHasAMessage() {
        Set<String> said = Arrays.stream(Message.values())
                .map(message -> message.problem().code())
                .collect(Collectors.toCollection(TreeSet::new));
        said.add(Problem.TEMPLATE_SYNTAX.code());
        said.add(Problem.DEMONSTRATIONS_TOO_LONG.code());
        assertThat(said).isEqualTo(codes);
    }

    private static List<MatchResult> sections() throws IOException {
        return SECTION.matcher(Files.readString(PAGE)).results().toList();
    }

    /** The diagnostics stored in a folder of bad tasks, each whole. */
    private static List<String> shown(String code) throws IOException {
        try (Stream<Path> files = Files.walk(BAD.resolve(code))) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .map(Sources::read)
                    .flatMap(text -> Arrays.stream(text.split("\\n\\n")))
                    .map(String::strip)
                    .toList();
        }
    }

    /** The case is the class that the page begins with, a letter short. */
    @Test
    void theFirstScreenShowsWhatTheCompilerPrints() throws IOException {
        String page = Files.readString(Path.of("../README.md"));
        List<String> printed = Files.readAllLines(BAD.resolve("TemplateUnknownPlaceholder/first-screen.txt"));
        assertThat(printed).hasSizeGreaterThan(4).allSatisfy(line -> assertThat(page)
                .contains(line.replaceFirst("java:(\\d+):\\d+:", "java:$1:")));
    }
}
