package dev.cloze.runtime.application;

import dev.cloze.runtime.engine.Threads;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings that hold for a whole JVM, set as the runtime reads them, as system properties. One that is set already stays as it
 * is; those set here are taken away with the application, which may be one of several that are started one after another.
 */
public final class JvmSettings implements AutoCloseable {

    private final Map<String, String> set = new LinkedHashMap<>();

    /** Sets a setting by its name, such as {@code cloze.device}; nothing where the value is null. */
    public JvmSettings with(String name, @Nullable Object value) {
        if (value != null && System.getProperty(name) == null) {
            System.setProperty(name, value.toString());
            set.put(name, value.toString());
        }
        return this;
    }

    /** Sets how many threads a pass of a model has; nothing for null. */
    public JvmSettings withThreads(@Nullable Integer threads) {
        return with(Threads.PROPERTY, threads);
    }

    /** Takes them away again, those that nobody has changed since. */
    @Override
    public void close() {
        set.forEach((name, value) -> {
            if (value.equals(System.getProperty(name))) {
                System.clearProperty(name);
            }
        });
    }
}
