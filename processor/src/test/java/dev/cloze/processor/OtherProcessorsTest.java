package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import lombok.Lombok;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapstruct.Mapper;
import org.mapstruct.ap.MappingProcessor;

/** Lombok, which adds members to the classes themselves, and MapStruct, in every order on the processor path. */
class OtherProcessorsTest {

    private static final Map<String, String> SOURCES = Map.of(
            "Review",
            """
            package app;

            @lombok.Data
            @dev.cloze.annotations.Template("{title} by {author.name}: It was {mask}.")
            @dev.cloze.annotations.Verbalizer(labels = Sentiment.class)
            @dev.cloze.annotations.Tuning(backbone = "cloze-tiny-en")
            public class Review {
                private String title;
                private Author author;
            }
            """,
            "Author",
            """
            package app;

            @lombok.Value
            public class Author {
                String name;
            }
            """,
            "Note",
            """
            package app;

            @lombok.Getter
            @lombok.experimental.Accessors(fluent = true)
            @dev.cloze.annotations.Template("{text} It was {mask}.")
            @dev.cloze.annotations.Verbalizer(labels = Sentiment.class)
            @dev.cloze.annotations.Tuning(backbone = "cloze-tiny-en")
            public class Note {
                private String text;
            }
            """,
            "Memo",
            """
            package app;

            @lombok.Value
            @dev.cloze.annotations.Template("{text} It was {mask}.")
            @dev.cloze.annotations.Verbalizer(labels = Sentiment.class)
            @dev.cloze.annotations.Tuning(backbone = "cloze-tiny-en")
            public class Memo {
                String text;
            }
            """,
            "Line",
            """
            package app;

            @lombok.experimental.FieldDefaults(level = lombok.AccessLevel.PRIVATE)
            @lombok.Getter
            @dev.cloze.annotations.Template("{text} It was {mask}.")
            @dev.cloze.annotations.Verbalizer(labels = Sentiment.class)
            @dev.cloze.annotations.Tuning(backbone = "cloze-tiny-en")
            public class Line {
                String text;
            }
            """,
            "Scrap",
            """
            package app;

            @lombok.ToString
            @dev.cloze.annotations.Template("{text} It was {mask}.")
            @dev.cloze.annotations.Verbalizer(labels = Sentiment.class)
            @dev.cloze.annotations.Tuning(backbone = "cloze-tiny-en")
            public class Scrap {
                String text;
            }
            """,
            "Blurb",
            """
            package app;

            @dev.cloze.annotations.Template("{title} by {author.name}: It was {mask}.")
            @dev.cloze.annotations.Verbalizer(labels = Sentiment.class)
            @dev.cloze.annotations.Tuning(backbone = "cloze-tiny-en")
            public record Blurb(String title, Author author) {}
            """,
            "Sentiment",
            """
            package app;

            import dev.cloze.annotations.LabelWords;

            public enum Sentiment {
                @LabelWords("great")
                GOOD,
                @LabelWords("bad")
                BAD
            }
            """,
            "Draft",
            """
            package app;

            @lombok.Data
            public class Draft {
                private String title;
                private Author author;
            }
            """,
            "Reviews",
            """
            package app;

            @org.mapstruct.Mapper
            public interface Reviews {
                Review of(Draft draft);
            }
            """);

    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    private Path folder;

    private Path sources;

    @BeforeEach
    void write() throws IOException {
        sources = Files.createDirectories(folder.resolve("app"));
        Files.createDirectories(folder.resolve("out"));
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            Files.writeString(sources.resolve(source.getKey() + ".java"), source.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLM", "CML", "LCM", "LMC", "MCL", "MLC"})
    void tasksAreWrittenWhateverComesFirst(String order) throws IOException {
        assertThat(printed(order, true)).isEmpty();
        for (String task : List.of("Review", "Note", "Memo", "Line", "Scrap", "Blurb")) {
            assertThat(folder.resolve("out/app/" + task + "Pipeline.class")).exists();
        }
        assertThat(folder.resolve("out/app/ReviewsImpl.class")).exists();
        assertThat(folder.resolve("out/META-INF/services/dev.cloze.runtime.spi.PipelineProvider"))
                .content()
                .contains("app.ReviewPipeline$Provider", "app.NotePipeline$Provider");
    }

    @Test
    void whatIsWrongIsStillSaidOnceWithItsPlace() throws IOException {
        Path wrong = sources.resolve("Note.java");
        Files.writeString(wrong, Files.readString(wrong).replace("{text}", "{txet}"));
        String printed = printed("CLM", false);
        assertThat(printed)
                .containsOnlyOnce(
                        "[TemplateUnknownPlaceholder] \"txet\" at column 2 of the template is no component of Note.")
                .contains("Note.java:5: error:", "Did you mean \"text\"?");
    }

    /** All orders by the compiler of JDK 25, in one process: {@code JAVA25_HOME}, or one that is installed where Linux has them. */
    @Test
    void soTheyAreByTheNewestJdk() throws IOException, InterruptedException {
        Path home = newestJdk();
        assumeTrue(home != null, "no JDK 25: JAVA25_HOME names none, and none is in /usr/lib/jvm");
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        home.resolve("bin").resolve("java").toString(),
                        "-cp",
                        CLASS_PATH,
                        OtherProcessorsTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        assertThat(output)
                .content()
                .contains("Java 25")
                .contains("CLM: \n", "CML: \n", "LCM: \n", "LMC: \n", "MCL: \n", "MLC: \n");
        assertThat(folder.resolve("out-MLC/app/ReviewsImpl.class")).exists();
        assertThat(folder.resolve("out-CLM/app/NotePipeline.class")).exists();
    }

    /** Compiles what lies below the folder in each order, and prints what the compiler says. */
    public static void main(String[] arguments) throws IOException {
        System.out.println("Java " + Runtime.version().feature());
        Path folder = Path.of(arguments[0]);
        for (String order : List.of("CLM", "CML", "LCM", "LMC", "MCL", "MLC")) {
            Path out = Files.createDirectories(folder.resolve("out-" + order));
            System.out.println(order + ": " + printed(folder.resolve("app"), out, order, true));
        }
    }

    private static @Nullable Path newestJdk() throws IOException {
        String named = System.getenv("JAVA25_HOME");
        if (named != null) {
            return Path.of(named);
        }
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return null;
        }
        try (Stream<Path> homes = Files.list(installed)) {
            return homes.filter(home -> home.getFileName().toString().contains("25"))
                    .filter(home -> Files.isExecutable(home.resolve("bin").resolve("javac")))
                    .findFirst()
                    .orElse(null);
        }
    }

    private String printed(String order, boolean works) throws IOException {
        return printed(sources, folder.resolve("out"), order, works);
    }

    private static String printed(Path sources, Path out, String order, boolean works) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter printed = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> written = Files.list(sources)) {
            boolean done = compiler.getTask(
                            printed,
                            files,
                            null,
                            List.of("-d", out.toString(), "-cp", CLASS_PATH, "-processorpath", processors(order)),
                            null,
                            files.getJavaFileObjectsFromPaths(written.sorted().toList()))
                    .call();
            assertThat(done).as(printed.toString()).isEqualTo(works);
        }
        return printed.toString();
    }

    /** Each with what it needs. */
    private static String processors(String order) {
        List<String> path = new ArrayList<>();
        for (char each : order.toCharArray()) {
            switch (each) {
                case 'L' -> path.addAll(List.of(place(Lombok.class), place("lombok-mapstruct-binding")));
                case 'M' -> path.addAll(List.of(place(MappingProcessor.class), place(Mapper.class)));
                default -> path.add(cloze());
            }
        }
        return String.join(File.pathSeparator, path);
    }

    /** The processor with all that it and its models come from. */
    private static String cloze() {
        return Stream.of(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.contains("lombok") && !entry.contains("mapstruct"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(String artifact) {
        return Stream.of(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> entry.contains(artifact))
                .findFirst()
                .orElseThrow();
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
