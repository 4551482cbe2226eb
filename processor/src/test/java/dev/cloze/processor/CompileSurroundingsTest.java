package dev.cloze.processor;

import static com.google.testing.compile.Compiler.javac;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the processor behaves as a guest in somebody's build. */
class CompileSurroundingsTest {

    private static final List<JavaFileObject> REVIEW = Sources.of(Sources.FOLDER.resolve("good/Review.java"));
    private static final List<JavaFileObject> RESTAURANT = Sources.of(Sources.FOLDER.resolve("good/Restaurant.java"));

    private static final JavaFileObject OF_LIBRARY = Sources.of("Task", """
            import dev.cloze.annotations.*;
            @Template("{title} {mask}")
            @Verbalizer(labels = library.Mood.class)
            record Task(String title) {}
            """);

    @Test
    void theCompilerFindsItAsAService() {
        assertThat(ServiceLoader.load(Processor.class).stream().map(ServiceLoader.Provider::type))
                .contains(PromptProcessor.class, ServicesProcessor.class);
    }

    @Test
    void gradleIsToldThatEachSourceFileComesFromOneClassAndTheListFromAll() throws IOException {
        try (InputStream descriptor = Objects.requireNonNull(
                PromptProcessor.class.getResourceAsStream("/META-INF/gradle/incremental.annotation.processors"))) {
            assertThat(new String(descriptor.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo(PromptProcessor.class.getName() + ",isolating\n" + ServicesProcessor.class.getName()
                            + ",aggregating");
        }
        OriginsProcessor recording = new OriginsProcessor(new PromptProcessor());
        Compilation compilation = Sources.compile(List.of(recording), Sources.of(Sources.FOLDER.resolve("good")));

        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(recording.origins())
                .containsEntry("example.ReviewPipeline", List.of("example.Review"))
                .containsEntry("example.Shop_OpinionPipeline", List.of("example.Shop.Opinion"))
                .containsEntry("example.RestaurantPipeline", List.of("example.Restaurant"))
                .containsEntry("example.Writers_TalePipeline", List.of("example.Writers.Tale"))
                .containsEntry("example.Writers_NextTokenPipeline", List.of("example.Writers.NextToken"))
                .allSatisfy((file, origins) -> assertThat(origins).hasSize(1));
    }

    @Test
    void oneModuleHoldsTasksOfBothKindsAndTheProgramThatUsesThem() {
        JavaFileObject program = Sources.of("example.Program", """
                package example;
                import dev.cloze.runtime.*;
                import java.nio.file.Path;
                class Program {
                    static PromptPipeline<Review, Review.Sentiment> classifies() {
                        return ReviewPipeline.zeroShot();
                    }
                    static TextPipeline<Restaurant> writes() {
                        return RestaurantPipeline.pretrained();
                    }
                    static TextTrainer<Restaurant> learns() {
                        return RestaurantPipeline.trainer();
                    }
                    static TextPipeline<Restaurant> writesAgain(Path folder) {
                        return RestaurantPipeline.load(folder);
                    }
                }
                """);
        List<JavaFileObject> files = new ArrayList<>(REVIEW);
        files.addAll(RESTAURANT);
        files.add(program);
        Compilation compilation =
                Sources.compile(files, Sources.options(Sources.FOLDER.resolve("good/Restaurant.java")));
        assertThat(Printed.of(compilation)).isEmpty();
        assertThat(compilation.generatedSourceFiles()).hasSize(2);
    }

    @Test
    void theDefaultModelIsKnownToWriteNoTextEvenWhereItsJarIsMissing() throws Exception {
        JavaFileObject task = Sources.of("Task", """
                import dev.cloze.annotations.*;
                @Template("{title} In short:")
                record Task(String title) {}
                """);
        try (URLClassLoader withoutModel = classPathWithoutModels()) {
            Processor processor = (Processor) withoutModel
                    .loadClass(PromptProcessor.class.getName())
                    .getConstructor()
                    .newInstance();
            assertThat(Printed.of(Sources.compile(List.of(processor), List.of(task))))
                    .startsWith(
                            "Task.java:2:1: error: [TuningBackboneUnsupported] \"cloze-small-en\" writes no text: the"
                                    + " default model is an encoder, which only fills masks.");
        }
    }

    @Test
    void nothingIsPrintedButDiagnostics(@TempDir Path folder) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        StringWriter printed = new StringWriter();
        try (PrintStream capture = new PrintStream(console, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            System.setErr(capture);
            assertThat(runJavac(folder, printed)).isTrue();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(printed.toString()).isEmpty();
        assertThat(folder.resolve("example/ReviewPipeline.class")).exists();
    }

    @Test
    void anEnumOfTheClassPathIsBlamedWhereTheTaskNamesIt(@TempDir Path folder) throws IOException {
        compileAlone(folder, Sources.of("library.Mood", """
                package library;
                import dev.cloze.annotations.LabelWords;
                public enum Mood { @LabelWords("fine") HAPPY, @LabelWords("fine") SAD }
                """));
        Compilation compilation = compileAgainst(folder, OF_LIBRARY);
        assertThat(Printed.of(compilation))
                .startsWith("Task.java:3:34: error: [VerbalizerDuplicateWord] \"fine\" is a label word of both");
    }

    /** Jackson's, say, in a jar that its own build had beside it: javac takes such an enum. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@interface Mark { String value(); }/@Mark(\"pos\")",
                "@interface Mark { String[] value(); }/@Mark({\"pos\", \"neg\"})",
                "@interface Mark { Mode value(); enum Mode { READ } }/@Mark(Mark.Mode.READ)",
            })
    void anEnumOfTheClassPathMayHaveAnnotationsThatAreNotOnIt(String mark, @TempDir Path folder) throws IOException {
        String[] typeAndUse = mark.split("/");
        compileAlone(
                folder,
                Sources.of("library.Mood", """
                package library;
                import dev.cloze.annotations.LabelWords;
                public enum Mood { %s @LabelWords("fine") HAPPY, @LabelWords("sad") SAD }
                """.formatted(typeAndUse[1])),
                Sources.of("library.Mark", "package library; " + typeAndUse[0]));
        for (String gone : List.of("Mark", "Mark$Mode")) {
            Files.deleteIfExists(folder.resolve("library/" + gone + ".class"));
        }
        Compilation compilation = compileAgainst(folder, OF_LIBRARY);
        assertThat(Printed.of(compilation)).doesNotContain("error");
        assertThat(compilation.generatedSourceFiles()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aModelIsReadWhereItsPathSaysWithoutAnyOption(boolean ofHome, @TempDir Path folder) throws IOException {
        Path model = Files.createDirectories(folder.resolve("my models/tiny-t5"));
        for (String file : List.of("config.json", "tokenizer.json")) {
            Files.copy(Sources.FOLDER.resolve("models/tiny-t5").resolve(file), model.resolve(file));
        }
        String path = ofHome ? "~/my models/tiny-t5" : model.toString();
        JavaFileObject task = Sources.of("Task", """
                import dev.cloze.annotations.*;
                @Template("{title} It was {mask}.")
                @Verbalizer(labels = Mood.class)
                @Tuning(backbone = "%s")
                record Task(String title) {}
                enum Mood { @LabelWords("good") HAPPY, @LabelWords("☃") SAD }
                """.formatted(path.replace("\\", "\\\\")));
        String home = System.getProperty("user.home");
        try {
            System.setProperty("user.home", folder.toString());
            assertThat(Printed.of(Sources.compile(List.of(task))))
                    .startsWith("Task.java:6:")
                    .contains("error: [VerbalizerUnknownWord] \"☃\" is unknown to " + path);
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void aReleaseOfJavaToComeIsNoReasonToWarn() {
        Compilation compilation = Sources.compile(REVIEW, "-Xlint:all", "-Werror", "--release", "17");
        assertThat(compilation.diagnostics().toString()).doesNotContain("release");
    }

    /** The processor and all it needs, but no resource of a model. */
    private static URLClassLoader classPathWithoutModels() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()) {
            @Override
            public @Nullable URL getResource(String name) {
                return name.startsWith("dev/cloze/models/") ? null : super.getResource(name);
            }
        };
    }

    /** Without the processor, as a library is. */
    private static void compileAlone(Path folder, JavaFileObject... sources) throws IOException {
        try (StandardJavaFileManager files = files(folder)) {
            assertThat(compiler()
                            .getTask(null, files, null, List.of("-proc:none"), null, List.of(sources))
                            .call())
                    .isTrue();
        }
    }

    private static Compilation compileAgainst(Path folder, JavaFileObject task) {
        return javac().withProcessors(new PromptProcessor())
                .withOptions("-classpath", System.getProperty("java.class.path") + File.pathSeparator + folder)
                .compile(task);
    }

    private static boolean runJavac(Path folder, StringWriter printed) throws IOException {
        try (StandardJavaFileManager files = files(folder)) {
            JavaCompiler.CompilationTask task = compiler().getTask(printed, files, null, List.of(), null, REVIEW);
            task.setProcessors(List.of(new PromptProcessor()));
            return task.call();
        }
    }

    private static StandardJavaFileManager files(Path folder) throws IOException {
        StandardJavaFileManager files = compiler().getStandardFileManager(null, null, StandardCharsets.UTF_8);
        files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(Files.createDirectories(folder)));
        return files;
    }

    private static JavaCompiler compiler() {
        return ToolProvider.getSystemJavaCompiler();
    }
}
