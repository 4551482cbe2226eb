package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cloze.runtime.classification.MaskFiller;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several applications in one process, each with class loaders of its own, as in a servlet container. */
@Timeout(120)
class SeveralClassLoadersTest {

    private static final String TEXT = "It was {mask}.";

    /** What a container shares: all libraries, and nothing of Cloze. */
    private static final class Libraries extends ClassLoader {

        private final ClassLoader all = Objects.requireNonNull(SeveralClassLoadersTest.class.getClassLoader());

        Libraries() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.cloze.")) {
                throw new ClassNotFoundException(name);
            }
            return all.loadClass(name);
        }

        @Override
        protected Enumeration<URL> findResources(String name) throws IOException {
            return name.contains("dev.cloze") || name.startsWith("dev/cloze")
                    ? Collections.emptyEnumeration()
                    : all.getResources(name);
        }
    }

    private static URLClassLoader application(ClassLoader parent) {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new URLClassLoader(
                List.of(path.split(File.pathSeparator)).stream()
                        .map(SeveralClassLoadersTest::url)
                        .toArray(URL[]::new),
                parent);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    /** What an application's model says, as a text. */
    private static String filled(ClassLoader application) throws Throwable {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            Class<?> type = application.loadClass(MaskFiller.class.getName());
            assertThat(type).isNotSameAs(MaskFiller.class);
            Object filler = type.getMethod("open", String.class).invoke(null, "cloze-tiny-en");
            try {
                return String.valueOf(
                        type.getMethod("fill", String.class, int.class).invoke(filler, TEXT, 3));
            } finally {
                type.getMethod("close").invoke(filler);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String here() {
        try (MaskFiller filler = MaskFiller.open("cloze-tiny-en")) {
            return filler.fill(TEXT, 3).toString();
        }
    }

    @Test
    void thoseThatShareTheLibrariesBothWork() throws Throwable {
        String here = here();
        ClassLoader shared = new Libraries();
        try (URLClassLoader first = application(shared);
                URLClassLoader second = application(shared)) {
            assertThat(filled(first)).isEqualTo(here);
            assertThat(filled(second)).isEqualTo(here);
            assertThat(filled(first)).isEqualTo(here);
        }
    }

    @Test
    void oneWithLibrariesOfItsOwnIsToldWhatToShare() throws IOException {
        assertThat(here()).isNotEmpty();
        try (URLClassLoader own = application(ClassLoader.getPlatformClassLoader())) {
            Throwable failure = catchThrowable(() -> filled(own));
            assertThat(failure.getClass().getName()).isEqualTo("dev.cloze.problem.ClozeException");
            assertThat(failure)
                    .hasMessageContaining("[EngineLibtorch]")
                    .hasMessageContaining("another class loader of this process")
                    .hasMessageContaining("Put DJL's jars");
        }
    }
}
