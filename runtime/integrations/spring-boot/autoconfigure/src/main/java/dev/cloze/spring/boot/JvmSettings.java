package dev.cloze.spring.boot;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * The properties that hold for a whole JVM, set as the runtime reads them, as system properties. One that is set already stays as it
 * is; those set here are taken away with the application, which may be one of several that are started one after another.
 */
final class JvmSettings implements DisposableBean {

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private final Map<String, String> set = new LinkedHashMap<>();

    JvmSettings(ClozeProperties properties) {
        set("cloze.models", properties.models());
        set("cloze.cache", properties.cache());
        set("cloze.offline", properties.offline());
        set("cloze.device", properties.device());
        set("cloze.quick", properties.quick());
        set(THREADS, properties.threads());
    }

    private void set(String name, @Nullable Object value) {
        if (value != null && System.getProperty(name) == null) {
            System.setProperty(name, value.toString());
            set.put(name, value.toString());
        }
    }

    @Override
    public void destroy() {
        set.forEach((name, value) -> {
            if (value.equals(System.getProperty(name))) {
                System.clearProperty(name);
            }
        });
    }
}
