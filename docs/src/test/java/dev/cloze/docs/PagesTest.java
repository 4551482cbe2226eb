package dev.cloze.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.spi.DefaultBackbone;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every block of Java on the first page and in the guide, compiled with the imports of its page and run on small models. */
class PagesTest {

    private static final Path GIVEN = Path.of("src/test/given").toAbsolutePath();

    /** Their blocks are the sources of examples, see ExamplePagesTest. */
    private static final List<String> OF_EXAMPLES = List.of("spring-boot.md", "quarkus.md");

    @TempDir
    private Path folder;

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> guide = Files.list(Path.of("guide"))) {
            return Stream.concat(Stream.of(Path.of("../README.md")), guide.sorted())
                    .filter(page -> OF_EXAMPLES.stream().noneMatch(page::endsWith))
                    .filter(page -> !Snippet.in(page).isEmpty())
                    .toList()
                    .stream();
        }
    }

    @BeforeEach
    void chooseTheQuickModel() {
        System.setProperty(DefaultBackbone.QUICK, "true");
    }

    @AfterEach
    void chooseTheDefaultModelAgain() {
        System.clearProperty(DefaultBackbone.QUICK);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatThePageShowsCompilesAndRuns(Path page) throws Exception {
        String name = page.getFileName().toString().replace(".md", "");
        List<Scene> scenes = Scene.of(Snippet.in(page), "page", Given.of(GIVEN, name));
        Map<String, String> sources = new TreeMap<>();
        for (Scene scene : scenes) {
            scene.sources().forEach((type, code) -> sources.put(type, StandIns.in(code, folder)));
        }
        copyFiles();
        Path classes = Files.createDirectories(folder.resolve("classes"));
        assertThat(PageCompiler.compile(sources, classes)).isEmpty();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            for (Scene.Call call :
                    scenes.stream().flatMap(scene -> scene.calls().stream()).toList()) {
                var method = loader.loadClass(call.className()).getDeclaredMethod(call.method());
                method.setAccessible(true);
                method.invoke(null);
            }
        }
    }

    /** The files that pages read. */
    private void copyFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/files"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }
}
