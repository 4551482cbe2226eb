package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.Template;
import dev.cloze.runtime.spi.PipelineProvider;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task in a module with a name, compiled as a build compiles it, with Cloze on the module path. */
class NamedModuleTest {

    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    private Path folder;

    /** That a module beside it has the program read java.compiler, as Lombok does, is no reason that this one does. */
    @Test
    void whatTheModuleDoesNotReadIsNotWritten() throws Exception {
        assertThat(pipeline("")).doesNotContain("javax.annotation.processing");
    }

    @Test
    void whatItReadsIs() throws Exception {
        assertThat(pipeline("requires java.compiler;"))
                .contains("import javax.annotation.processing.Generated;", "@Generated(");
    }

    private String pipeline(String directive) throws IOException, URISyntaxException {
        Path module = write("module-info.java", """
                module app {
                    requires dev.cloze.annotations;
                    requires dev.cloze.runtime;
                    %s
                    provides dev.cloze.runtime.spi.PipelineProvider with
                            app.ReviewPipeline.Provider;
                }
                """.formatted(directive));
        Path task = write("Review.java", """
                package app;

                import dev.cloze.annotations.*;

                @Template("{text} It was {mask}.")
                @Verbalizer(labels = Review.Mood.class)
                public record Review(String text) {
                    public enum Mood {
                        @LabelWords("good")
                        GOOD,
                        @LabelWords("bad")
                        BAD
                    }
                }
                """);
        String modules = jar("dev.cloze.annotations", Template.class)
                + File.pathSeparator
                + jar("dev.cloze.runtime", PipelineProvider.class);
        run(
                "javac",
                "--add-modules=java.compiler",
                "--module-path=" + modules,
                "--processor-path=" + CLASS_PATH,
                "-d",
                folder.resolve("out").toString(),
                module.toString(),
                task.toString());
        assertThat(folder.resolve("out/app/ReviewPipeline$Provider.class")).exists();
        return Files.readString(folder.resolve("out/app/ReviewPipeline.java"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Where a class comes from, as the jar of this module, which it may be already. */
    private Path jar(String module, Class<?> type) throws URISyntaxException {
        Path place =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isDirectory(place)) {
            return place;
        }
        Path jar = folder.resolve(module + ".jar");
        run("jar", "--create", "--file", jar.toString(), "-C", place.toString(), ".");
        return jar;
    }

    private static void run(String tool, String... arguments) {
        StringWriter printed = new StringWriter();
        PrintWriter writer = new PrintWriter(printed);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
        assertThat(code).as(printed.toString()).isZero();
    }
}
