package dev.cloze.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.spring.boot.tasks.Restarted;
import java.net.URL;
import org.junit.jupiter.api.Test;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;

/** DevTools loads the application's own classes anew at each restart, and its libraries once. */
class DevToolsTest {

    @Test
    void aRestartFindsTheTasksOfItsOwnClassesAndTheLibraryThatIsLoaded() throws Exception {
        URL application = Restarted.class.getProtectionDomain().getCodeSource().getLocation();
        double first = restarted(application);
        assertThat(first).isBetween(0.0, 1.0);
        assertThat(restarted(application)).isEqualTo(first);
        assertThat(restarted(application)).isEqualTo(first);
    }

    private static double restarted(URL application) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (RestartClassLoader loader = new RestartClassLoader(before, new URL[] {application})) {
            thread.setContextClassLoader(loader);
            Class<?> program = loader.loadClass(Restarted.class.getName());
            assertThat(program).as("loaded anew").isNotSameAs(Restarted.class);
            return (double) program.getMethod("answer").invoke(null);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
