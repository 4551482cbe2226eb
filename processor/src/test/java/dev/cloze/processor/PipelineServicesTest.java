package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.processor.write.ServicesFile;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.tools.FileObject;
import javax.tools.ForwardingFileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was compiled is found by the service loader, in the module as it is now. */
class PipelineServicesTest {

    private static final String MOOD = """
            package services;
            import dev.cloze.annotations.*;
            @Template("{text} It was {mask}.")
            @Verbalizer(labels = Mood.Feeling.class)
            record Mood(String text) {
                enum Feeling { @LabelWords("great") GOOD, @LabelWords("terrible") BAD }
            }
            """;

    private static final String WEATHER = """
            package services;
            import dev.cloze.annotations.*;
            @Template("{text} It is {mask}.")
            @Template("{text} How {mask}!")
            @Verbalizer(labels = Weather.Sky.class)
            @Tuning(method = TuningMethod.PET)
            public record Weather(String text) {
                public enum Sky { @LabelWords("warm") SUN, @LabelWords("cold") RAIN }
            }
            """;

    @TempDir
    private Path classes;

    @Test
    void pipelinesOfEveryKindAreFoundWithTheirTypes() throws IOException {
        List<JavaFileObject> files = new ArrayList<>();
        for (String name : List.of("Review", "Similarity", "Booking", "Country", "Restaurant")) {
            files.addAll(Sources.of(Sources.FOLDER.resolve("good/" + name + ".java")));
        }
        compile(files);

        Map<String, String> found = found();
        assertThat(found)
                .contains(
                        entry("example.ReviewPipeline$Provider", "CLASSIFICATION PromptPipeline [Review, Sentiment]"),
                        entry("shop.SimilarityPipeline$Provider", "REGRESSION RegressionPipeline [Similarity]"),
                        entry("example.RestaurantPipeline$Provider", "TEXT TextPipeline [Restaurant]"));
        assertThat(found.values())
                .anyMatch(type -> type.startsWith("EXTRACTION ExtractionPipeline [Booking, "))
                .anyMatch(type -> type.equals("CLOZE ClozePipeline [Capital]"));
        assertThat(listed()).isSorted().containsExactlyElementsOf(found.keySet());
    }

    @Test
    void aTaskThatOnlyItsPackageSeesIsFoundToo() throws IOException {
        compile(List.of(Sources.of("services.Mood", MOOD)));
        assertThat(found())
                .containsExactly(
                        entry("services.MoodPipeline$Provider", "CLASSIFICATION PromptPipeline [Mood, Feeling]"));
    }

    @Test
    void aTaskMayBeNamedAsTheServiceIs() throws IOException {
        compile(List.of(Sources.of("services.Provider", MOOD.replace("Mood", "Provider"))));
        assertThat(found().values()).containsExactly("CLASSIFICATION PromptPipeline [Provider, Feeling]");
    }

    @Test
    void whatAnEarlierCompileListedStaysAsLongAsItIsATask() throws IOException {
        compile(List.of(Sources.of("services.Mood", MOOD)));
        compile(List.of(Sources.of("services.Weather", WEATHER)));
        assertThat(listed()).containsExactly("services.MoodPipeline$Provider", "services.WeatherPipeline$Provider");

        JavaFileObject tide = Sources.of("services.Tide", MOOD.replace("Mood", "Tide"));
        compile(List.of(
                Sources.of("services.Weather", "package services; public record Weather(String text) {}"), tide));
        assertThat(listed())
                .as("Weather is a task no more")
                .containsExactly("services.MoodPipeline$Provider", "services.TidePipeline$Provider");

        Files.delete(classes.resolve("services/Mood.class"));
        compile(List.of(tide));
        assertThat(listed()).as("Mood has gone").containsExactly("services.TidePipeline$Provider");
    }

    @Test
    void aModuleWithoutTasksHasNoSuchFile() throws IOException {
        compile(List.of(Sources.of("services.Other", "package services; class Other {}")));
        assertThat(classes.resolve(ServicesFile.NAME)).doesNotExist();
    }

    @Test
    void theOrderOfTheSourcesDoesNotMatter() throws IOException {
        JavaFileObject mood = Sources.of("services.Mood", MOOD);
        JavaFileObject weather = Sources.of("services.Weather", WEATHER);
        compile(List.of(mood, weather));
        List<String> first = listed();
        Files.delete(classes.resolve(ServicesFile.NAME));
        compile(List.of(weather, mood));
        assertThat(listed()).isEqualTo(first).hasSize(2);
    }

    /** As Eclipse has it: a file that isn't there is found, and any failure says that it cannot be read. */
    @Test
    void aCompilerThatFailsInItsOwnWayOverAMissingFileHasItWritten() throws IOException {
        compile(List.of(Sources.of("services.Mood", MOOD)), Unreadable::new);
        assertThat(listed()).containsExactly("services.MoodPipeline$Provider");
    }

    /** Files that can be written, and not read. */
    private static final class Unreadable extends ForwardingJavaFileManager<JavaFileManager> {
        Unreadable(JavaFileManager files) {
            super(files);
        }

        @Override
        public FileObject getFileForOutput(Location location, String folder, String name, FileObject sibling)
                throws IOException {
            return new ForwardingFileObject<>(super.getFileForOutput(location, folder, name, sibling)) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
                    throw new IOException("Resource does not exist");
                }
            };
        }
    }

    private List<String> listed() throws IOException {
        return Files.readAllLines(classes.resolve(ServicesFile.NAME));
    }

    /** What the service loader finds, by name of the provider. */
    private Map<String, String> found() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            for (PipelineProvider provider : ServiceLoader.load(PipelineProvider.class, loader)) {
                if (provider.getClass().getClassLoader() == loader) {
                    DeclaredPipeline<?> pipeline = provider.pipeline();
                    assertThat(pipeline.taskClass())
                            .isSameAs(pipeline.typeArguments().get(0));
                    assertThat(pipeline.kind()).isIn((Object[]) TaskKind.values());
                    found.put(provider.getClass().getName(), said(pipeline));
                }
            }
        }
        return found;
    }

    private static String said(DeclaredPipeline<?> pipeline) {
        return pipeline.kind() + " " + pipeline.type().getSimpleName() + " "
                + pipeline.typeArguments().stream().map(Class::getSimpleName).toList();
    }

    /** As a build does: what was compiled before lies in the output, which is on the class path. */
    private void compile(List<JavaFileObject> sources) throws IOException {
        compile(sources, files -> files);
    }

    private void compile(List<JavaFileObject> sources, UnaryOperator<JavaFileManager> seen) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter printed = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            List<String> options = List.of(
                    "-Acloze.models=" + Sources.FOLDER.resolve("models"),
                    "-classpath",
                    classes + File.pathSeparator + System.getProperty("java.class.path"));
            JavaCompiler.CompilationTask task =
                    compiler.getTask(printed, seen.apply(files), null, options, null, sources);
            task.setProcessors(List.of(new PromptProcessor(), new ServicesProcessor()));
            assertThat(task.call()).as(printed.toString()).isTrue();
        }
    }
}
